import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { JsonSchema, WebSocketAuthorizer, WebSocketGateway, WebSocketIntegration } from '../../lib';
import { fn, templateOf, testApp } from '../support/stacks';

const routes = (stack: Stack) => {
  const handler = fn(stack, 'Handler');
  const schema = JsonSchema.fromObject({ type: 'object' });
  return {
    $connect: { integration: WebSocketIntegration.lambda(handler) },
    'chat/send': {
      integration: WebSocketIntegration.sqs(new Queue(stack, 'Queue')),
      returnResponse: true,
      request: { body: schema },
    },
    search: {
      integration: WebSocketIntegration.lambdaByStage({ dev: handler, prod: handler }),
      request: { body: schema },
    },
    $default: { integration: WebSocketIntegration.lambda(handler) },
  };
};

function made(order: (entries: [string, never][]) => [string, never][]): string[] {
  const stack = new Stack(testApp(), 'Shop');
  const entries = Object.entries(routes(stack)) as [string, never][];
  new WebSocketGateway(stack, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.lambda(fn(stack, 'Decide')),
    routes: Object.fromEntries(order(entries)),
    stages: { dev: {}, prod: {} },
    usagePlans: { partner: { apiKeys: ['acme'] } },
  });
  return Object.entries<{ Type: string }>(templateOf(stack).Resources)
    .filter(([id]) => id.startsWith('Chat'))
    .map(([id, { Type }]) => `${id} ${Type}`)
    .sort();
}

test('logical ids are a contract: a change here replaces live APIs, routes, stages or permissions', () => {
  expect(made((entries) => entries).map((line) => line.replace(/(Deployment\w{8})\w{32}(?= )/, '$1<hash>'))).toEqual([
    'Chat26DEB33F AWS::ApiGatewayV2::Api',
    'ChatAccessLogdev5C5E2630 AWS::Logs::LogGroup',
    'ChatAccessLogprodDE267646 AWS::Logs::LogGroup',
    'ChatApiKeyacme0D7B8486 AWS::ApiGateway::ApiKey',
    'ChatAuthorizerlambdaDecide1A79F174 AWS::ApiGatewayV2::Authorizer',
    'ChatDeployment9817E2E1<hash> AWS::ApiGatewayV2::Deployment',
    'ChatExecutionLogdevA07959BA AWS::Logs::LogGroup',
    'ChatExecutionLogprodD93409F0 AWS::Logs::LogGroup',
    'ChatFunctionHandler5E01C8D3 AWS::ApiGatewayV2::Integration',
    'ChatIntegrationResponsechatsend2ddA92DD9A2 AWS::ApiGatewayV2::IntegrationResponse',
    'ChatIntegrationResponsechatsend400DAD82641 AWS::ApiGatewayV2::IntegrationResponse',
    'ChatIntegrationResponsechatsend4133F9C667D AWS::ApiGatewayV2::IntegrationResponse',
    'ChatIntegrationResponsechatsend42950319852760 AWS::ApiGatewayV2::IntegrationResponse',
    'ChatIntegrationResponsechatsenddefault8DAE7EC9 AWS::ApiGatewayV2::IntegrationResponse',
    'ChatIntegrationchatsend514CB43E AWS::ApiGatewayV2::Integration',
    'ChatIntegrationsearch0840D3A1 AWS::ApiGatewayV2::Integration',
    'ChatInvokeDecideauthorizerFBB5B26E AWS::Lambda::Permission',
    'ChatInvokeHandler6907D3E4 AWS::Lambda::Permission',
    'ChatInvokeHandlerdev8E5473F0 AWS::Lambda::Permission',
    'ChatInvokeHandlerprodC6C963D5 AWS::Lambda::Permission',
    'ChatModelChatSendMessage36B1E808 AWS::ApiGatewayV2::Model',
    'ChatModelSearchMessageE3F15BF0 AWS::ApiGatewayV2::Model',
    'ChatRouteResponsechatsend6523052D AWS::ApiGatewayV2::RouteResponse',
    'ChatRoutechatsendF17776FD AWS::ApiGatewayV2::Route',
    'ChatRouteconnect3351315A AWS::ApiGatewayV2::Route',
    'ChatRoutedefault30ACB089 AWS::ApiGatewayV2::Route',
    'ChatRoutesearchD20DB4EF AWS::ApiGatewayV2::Route',
    'ChatServicessqs8D8F68D1 AWS::IAM::Role',
    'ChatServicessqsPolicy9408949E AWS::IAM::ManagedPolicy',
    'ChatStagedev77E79590 AWS::ApiGatewayV2::Stage',
    'ChatStageprod26CF8D41 AWS::ApiGatewayV2::Stage',
    'ChatUsagePlanKeypartneracme53198338 AWS::ApiGateway::UsagePlanKey',
    'ChatUsagePlanpartner80A5037D AWS::ApiGateway::UsagePlan',
  ]);
});

test('the order of routes changes nothing, the deployment included', () => {
  expect(made((entries) => entries.reverse())).toEqual(made((entries) => entries));
});
