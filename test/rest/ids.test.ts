import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';
import { fn, templateOf, testApp } from '../support/stacks';

test('logical ids are a contract: a change here replaces live APIs, stages or permissions', () => {
  const stack = new Stack(testApp(), 'Shop');
  const handler = fn(stack, 'Handler');
  new RestGateway(stack, 'Orders', {
    defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Users')] }),
    routes: {
      'GET /orders': { integration: RestIntegration.lambda(handler) },
      'GET /token': {
        integration: RestIntegration.mock(),
        authorizer: RestAuthorizer.lambdaToken(fn(stack, 'Decide')),
      },
      'GET /search': { integration: RestIntegration.lambdaByStage({ dev: handler, prod: handler }) },
    },
    stages: { dev: {}, prod: {} },
    webAcl: WebAcl.managed(),
  });
  const made = Object.entries<{ Type: string }>(templateOf(stack).Resources)
    .filter(([id]) => /^(Orders|ApiGateway)/.test(id))
    .map(([id, { Type }]) => `${id.replace(/(Deployment\w{8})\w{32}$/, '$1<hash>')} ${Type}`)
    .sort();
  expect(made).toEqual([
    'ApiGatewayAccountLoggingD697840D Custom::ApiGatewayAccountLogging',
    'ApiGatewayAccountLoggingHandlerBE12CD67 AWS::Lambda::Function',
    'ApiGatewayAccountLoggingHandlerLogs7675000F AWS::Logs::LogGroup',
    'ApiGatewayAccountLoggingHandlerPolicy55570518 AWS::IAM::ManagedPolicy',
    'ApiGatewayAccountLoggingHandlerRole8BC6EF0D AWS::IAM::Role',
    'ApiGatewayAccountLoggingPolicy1EBBCD62 AWS::IAM::ManagedPolicy',
    'ApiGatewayAccountLoggingRole25C2597E AWS::IAM::Role',
    'OrdersA9B65338 AWS::ApiGateway::RestApi',
    'OrdersAccessLogdev42DDF18B AWS::Logs::LogGroup',
    'OrdersAccessLogprod66B4FE6B AWS::Logs::LogGroup',
    'OrdersDeployment9CAFBABF<hash> AWS::ApiGateway::Deployment',
    'OrdersExecutionLogdevF52B40DE AWS::Logs::LogGroup',
    'OrdersExecutionLogprod9837BB7A AWS::Logs::LogGroup',
    'OrdersInvokeDecideauthorizer750CD0AC AWS::Lambda::Permission',
    'OrdersInvokeHandler3DFC0948 AWS::Lambda::Permission',
    'OrdersInvokeHandlerdev99F8FBB5 AWS::Lambda::Permission',
    'OrdersInvokeHandlerprodB392B855 AWS::Lambda::Permission',
    'OrdersStagedevFAF3E7CA AWS::ApiGateway::Stage',
    'OrdersStageprodB315272E AWS::ApiGateway::Stage',
    'OrdersWebAcl43654B91 AWS::WAFv2::WebACL',
    'OrdersWebAcldevB6C114FB AWS::WAFv2::WebACLAssociation',
    'OrdersWebAclprodCD90DE38 AWS::WAFv2::WebACLAssociation',
  ]);
});
