import { att, invocation, ref, resource } from './source-of';

type Loose = Record<string, unknown>;

export const part = (PathPart: unknown, ParentId: unknown) =>
  resource('AWS::ApiGateway::Resource', { RestApiId: ref('Api'), PathPart, ParentId });
export const method = (ResourceId: unknown, more: Loose = {}) =>
  resource('AWS::ApiGateway::Method', { RestApiId: ref('Api'), HttpMethod: 'GET', ResourceId, ...more });
export const Api = resource('AWS::ApiGateway::RestApi', {
  Name: 'Orders',
  EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' },
});
const arnOf = (api: unknown, stage: unknown) => ({
  'Fn::Join': [
    '',
    ['arn:', ref('AWS::Partition'), ':apigateway:', ref('AWS::Region'), '::/restapis/', api, '/stages/', stage],
  ],
});

/** One API from resources, with everything around it. */
export const resources: Loose = {
  Api,
  Orders: part('orders', att('Api', 'RootResourceId')),
  Order: part('{id}', ref('Orders')),
  Odd: part(ref('Env'), ref('Order')),
  Lost: part('lost', { 'Fn::ImportValue': 'Elsewhere' }),
  Round: part('round', ref('About')),
  About: part('about', ref('Round')),
  List: method(ref('Orders'), {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: ref('Auth'),
    AuthorizationScopes: ['a'],
    ApiKeyRequired: 'true',
    OperationName: 'list',
    RequestValidatorId: ref('Check'),
    RequestParameters: { 'method.request.querystring.page': false },
    RequestModels: { 'application/json': ref('Shape'), 'text/plain': 'Empty' },
    MethodResponses: [{ StatusCode: 200, ResponseParameters: { 'method.response.header.A': true } }],
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: invocation(att('Fn', 'Arn')),
      TimeoutInMillis: '5000',
      IntegrationResponses: [
        { StatusCode: '200' },
        { StatusCode: '500', SelectionPattern: '5..', ContentHandling: 'CONVERT_TO_TEXT' },
      ],
    },
  }),
  Root: method(att('Api', 'RootResourceId'), { AuthorizerId: 'abc', AuthorizationType: ref('Env') }),
  GetOdd: method(ref('Odd')),
  GetLost: method(ref('Lost')),
  GetRound: method(ref('Round')),
  GetForeign: method('abc123'),
  Fn: resource('AWS::Lambda::Function', { Timeout: 30 }),
  Auth: resource('AWS::ApiGateway::Authorizer', {
    RestApiId: ref('Api'),
    Type: 'REQUEST',
    AuthorizerUri: invocation(att('Fn', 'Arn')),
    AuthorizerResultTtlInSeconds: 0,
  }),
  Check: resource('AWS::ApiGateway::RequestValidator', { RestApiId: ref('Api'), ValidateRequestBody: true }),
  Shape: resource('AWS::ApiGateway::Model', {
    RestApiId: ref('Api'),
    ContentType: 'application/json',
    Schema: { type: 'object' },
  }),
  Denied: resource('AWS::ApiGateway::GatewayResponse', {
    RestApiId: ref('Api'),
    ResponseType: 'ACCESS_DENIED',
    ResponseParameters: { 'gatewayresponse.header.A': "'b'" },
  }),
  Deployment: resource(
    'AWS::ApiGateway::Deployment',
    { RestApiId: ref('Api'), StageName: 'old', StageDescription: { Variables: {} } },
    { DependsOn: ['List', 'Root'] },
  ),
  Logging: resource('AWS::ApiGateway::Account', { CloudWatchRoleArn: att('Role', 'Arn') }, { DependsOn: 'Policy' }),
  Policy: resource('AWS::IAM::Policy'),
  Role: resource('AWS::IAM::Role'),
  Group: resource('AWS::Logs::LogGroup', { RetentionInDays: 7, LogGroupName: '/aws/apis/x' }),
  Bucket: resource('AWS::S3::Bucket'),
  Key2: resource('AWS::KMS::Key'),
  Prod: resource(
    'AWS::ApiGateway::Stage',
    {
      RestApiId: ref('Api'),
      StageName: 'prod',
      DeploymentId: ref('Deployment'),
      Variables: {
        table: 'orders',
        fn: ref('Fn'),
        bucket: { 'Fn::Sub': ['${Bucket.Arn}/${key}', { key: ref('Key2') }] },
      },
      AccessLogSetting: {
        DestinationArn: att('Group', 'Arn'),
        Format: { 'Fn::Join': ['', ['{"id":', '"$context.requestId"}']] },
      },
      TracingEnabled: true,
      CacheClusterEnabled: true,
      CacheClusterSize: 0.5,
      CanarySetting: { PercentTraffic: 10, DeploymentId: ref('Deployment'), UseStageCache: false },
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 50,
          LoggingLevel: 'ERROR',
          CacheTtlInSeconds: 60,
        },
        { HttpMethod: 'GET', ResourcePath: '/~1orders~1{id}', CachingEnabled: true },
        { HttpMethod: 'GET', ResourcePath: '/' },
      ],
    },
    { DependsOn: 'Logging' },
  ),
  Test: resource('AWS::ApiGateway::Stage', {
    RestApiId: ref('Api'),
    StageName: ref('Env'),
    MethodSettings: { 'Fn::If': ['C', [], []] },
  }),
  Loose: resource('AWS::ApiGateway::Stage', { RestApiId: 'abc', StageName: 'x' }),
  ByRef: resource('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: arnOf(ref('Api'), ref('Prod')),
    WebACLArn: 'arn:acl',
  }),
  ByName: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: arnOf(ref('Api'), 'prod') }),
  ByParameter: resource('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:x::/restapis/${Api}/stages/${Env}' },
  }),
  ByNothing: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: arnOf('abc', 'prod') }),
  Plan: resource('AWS::ApiGateway::UsagePlan', {
    ApiStages: [
      { ApiId: ref('Api'), Stage: ref('Prod') },
      { ApiId: ref('Api'), Stage: 'prod' },
      { ApiId: 'abc', Stage: 'prod' },
    ],
    Quota: { Limit: 10, Period: 'DAY' },
  }),
  Key: resource('AWS::ApiGateway::ApiKey', { Value: '{{resolve:secretsmanager:x}}' }),
  PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
    UsagePlanId: ref('Plan'),
    KeyId: ref('Key'),
    KeyType: 'API_KEY',
  }),
  Http: resource('AWS::ApiGatewayV2::Api'),
  Mapping: resource('AWS::ApiGateway::BasePathMapping', { RestApiId: ref('Api') }),
  MappingV2: resource('AWS::ApiGateway::BasePathMappingV2', { RestApiId: ref('Api') }),
  Mapped: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: ref('Api') }),
  MappedHttp: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: ref('Http') }),
  MappedUnknown: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: 'abc' }),
  Rule: resource('AWS::ApiGatewayV2::RoutingRule', { Actions: [{ InvokeApi: { ApiId: ref('Api'), Stage: 'prod' } }] }),
};
