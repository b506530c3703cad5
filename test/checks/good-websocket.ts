import { Draft, type Json } from './draft';

export const WEBSOCKET_FORMAT = JSON.stringify({
  id: '$context.requestId',
  ip: '$context.identity.sourceIp',
  time: '$context.requestTime',
  event: '$context.eventType',
  route: '$context.routeKey',
  connection: '$context.connectionId',
  status: '$context.status',
  latency: '$context.integrationLatency',
  integration: '$context.integrationStatus',
  authorizer: '$context.authorizer.error',
  error: '$context.error.message',
});

const sub = (text: string): object => ({ 'Fn::Sub': text });
const ref = (logicalId: string): object => ({ Ref: logicalId });
const functionUri = (fn: string): object =>
  sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`);

const permission = (fn: string, rest: string): object => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] },
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${rest}`),
  },
});

const route = (RouteKey: string, more: object = {}): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: ref('Api'),
    RouteKey,
    Target: { 'Fn::Join': ['/', ['integrations', ref('Integration')]] },
    ...more,
  },
});

const ROUTES = ['Connect', 'Disconnect', 'Default', 'SendMessage'];

/** A WebSocket API in which no rule finds anything. */
export function goodWebSocket(): Draft {
  const resources = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 10 } },
    Check: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 5 } },
    FnConnect: permission('Fn', '*/$connect'),
    FnDisconnect: permission('Fn', '*/$disconnect'),
    FnDefault: permission('Fn', '*/$default'),
    FnSendMessage: permission('Fn', '*/sendMessage'),
    CheckPermission: permission('Check', 'authorizers/*'),
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        Name: 'tokens',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: functionUri('Check'),
        IdentitySource: ['route.request.header.Authorization'],
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: functionUri('Fn'),
        IntegrationMethod: 'POST',
        TimeoutInMillis: 29000,
      },
    },
    Connect: route('$connect', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Authorizer') }),
    Disconnect: route('$disconnect'),
    Default: route('$default'),
    SendMessage: route('sendMessage', { RouteResponseSelectionExpression: '$default' }),
    SendMessageResponse: {
      Type: 'AWS::ApiGatewayV2::RouteResponse',
      Properties: { ApiId: ref('Api'), RouteId: ref('SendMessage'), RouteResponseKey: '$default' },
    },
    Deployment: {
      Type: 'AWS::ApiGatewayV2::Deployment',
      DependsOn: [...ROUTES, 'SendMessageResponse'],
      Properties: { ApiId: ref('Api') },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Account: {
      Type: 'AWS::ApiGateway::Account',
      Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
    Logs: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': ['LogsKey', 'Arn'] } },
    },
    LogsKey: { Type: 'AWS::KMS::Key', Properties: {} },
    Failures: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/ApiGateway',
        MetricName: 'IntegrationError',
        Dimensions: [{ Name: 'ApiId', Value: ref('Api') }],
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      DependsOn: ['Account', 'SendMessage'],
      Properties: {
        ApiId: ref('Api'),
        StageName: 'prod',
        DeploymentId: ref('Deployment'),
        StageVariables: { table: 'messages' },
        AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: WEBSOCKET_FORMAT },
        DefaultRouteSettings: {
          LoggingLevel: 'ERROR',
          DetailedMetricsEnabled: true,
          ThrottlingRateLimit: 1000,
          ThrottlingBurstLimit: 500,
        },
        RouteSettings: { sendMessage: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 } },
      },
    },
  };
  return new Draft(JSON.parse(JSON.stringify({ Resources: resources })) as Json);
}
