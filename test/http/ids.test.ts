import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { fn, templateOf, testApp } from '../support/stacks';

test('logical ids are a contract: a change here replaces live APIs, stages or permissions', () => {
  const stack = new Stack(testApp(), 'Shop');
  const handler = fn(stack, 'Handler');
  new HttpGateway(stack, 'Orders', {
    defaultAuthorizer: HttpAuthorizer.lambda(fn(stack, 'Decide')),
    cors: { allowOrigins: ['https://app.example.com'] },
    routes: {
      'GET /orders': { integration: HttpIntegration.lambda(handler) },
      'GET /search': { integration: HttpIntegration.lambdaByStage({ $default: handler, prod: handler }) },
      'POST /events': { integration: HttpIntegration.sqs(new Queue(stack, 'Queue')) },
      $default: { integration: HttpIntegration.lambda(handler) },
    },
    stages: { $default: {}, prod: { autoDeploy: false } },
  });
  const made = Object.entries<{ Type: string }>(templateOf(stack).Resources)
    .filter(([id]) => /^(Orders|ApiGateway)/.test(id))
    .map(([id, { Type }]) => `${id.replace(/(Deployment\w{8})\w{32}$/, '$1<hash>')} ${Type}`)
    .sort();
  expect(made).toEqual([
    'OrdersA9B65338 AWS::ApiGatewayV2::Api',
    'OrdersAccessLogdefault476AE7D0 AWS::Logs::LogGroup',
    'OrdersAccessLogprod66B4FE6B AWS::Logs::LogGroup',
    'OrdersDeployment9CAFBABF<hash> AWS::ApiGatewayV2::Deployment',
    'OrdersInvokeDecideauthorizer750CD0AC AWS::Lambda::Permission',
    'OrdersInvokeHandler3DFC0948 AWS::Lambda::Permission',
    'OrdersInvokeHandlerdefaultB1DE9845 AWS::Lambda::Permission',
    'OrdersInvokeHandlerprodB392B855 AWS::Lambda::Permission',
    'OrdersPreflightD1316B11 AWS::Lambda::Function',
    'OrdersPreflightInvoke2B206530 AWS::Lambda::Permission',
    'OrdersPreflightRoleFBE3E10D AWS::IAM::Role',
    'OrdersServicessqs27C7FBD2 AWS::IAM::Role',
    'OrdersServicessqsPolicy62E53E07 AWS::IAM::ManagedPolicy',
    'OrdersStagedefaultB0BE0E50 AWS::ApiGatewayV2::Stage',
    'OrdersStageprodB315272E AWS::ApiGatewayV2::Stage',
  ]);
});
