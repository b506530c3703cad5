import { att, invocation, ref, resource } from './source-of';

type Loose = Record<string, unknown>;

const v2 = (type: string, properties: Loose = {}, more: Loose = {}) =>
  resource(`AWS::ApiGatewayV2::${type}`, properties, more);
/** A resource that belongs to the API. */
const of = (api: string, type: string, properties: Loose = {}, more: Loose = {}) =>
  v2(type, { ApiId: ref(api), ...properties }, more);
const target = (id: string) => ({ 'Fn::Join': ['/', ['integrations', ref(id)]] });

const ROUTE_SETTINGS = {
  DetailedMetricsEnabled: true,
  ThrottlingRateLimit: 10,
  ThrottlingBurstLimit: '5',
  LoggingLevel: 'INFO',
  DataTraceEnabled: false,
};

/** An HTTP and a WebSocket API in which every property occurs that the reader knows, and what stands around them. */
export const v2Resources: Loose = {
  Fn: resource('AWS::Lambda::Function', { Timeout: 30 }),
  Log: resource('AWS::Logs::LogGroup', { RetentionInDays: 7 }),
  Role: resource('AWS::IAM::Role'),
  Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
  Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer') }),
  Service: resource('AWS::ServiceDiscovery::Service'),

  Http: v2('Api', {
    Name: 'orders',
    Description: 'all of them',
    ProtocolType: 'HTTP',
    IpAddressType: 'dualstack',
    DisableExecuteApiEndpoint: 'true',
    FailOnWarnings: true,
    RouteSelectionExpression: '${request.method} ${request.path}',
    CorsConfiguration: {
      AllowOrigins: ['https://app.example.com'],
      AllowMethods: ['GET'],
      AllowHeaders: ['authorization'],
      ExposeHeaders: ['etag'],
      AllowCredentials: true,
      MaxAge: 600,
    },
  }),
  List: of('Http', 'Route', {
    RouteKey: 'GET /orders/{id}',
    AuthorizationType: 'JWT',
    AuthorizerId: ref('Jwt'),
    AuthorizationScopes: ['read'],
    OperationName: 'list',
    Target: target('Proxy'),
  }),
  Any: of('Http', 'Route', {
    RouteKey: 'ANY /{proxy+}',
    AuthorizationType: 'CUSTOM',
    AuthorizerId: ref('Lambda'),
    Target: target('Private'),
  }),
  Rest: of('Http', 'Route', { RouteKey: '$default', AuthorizationType: 'AWS_IAM', Target: target('Queue') }),
  Odd: of(
    'Http',
    'Route',
    { RouteKey: { 'Fn::Sub': 'GET /${Env}' }, AuthorizerId: 'abc', Target: 'integrations/abc' },
    { Condition: 'C' },
  ),
  Bare: of('Http', 'Route', { RouteKey: 'POST /bare' }),
  Proxy: of('Http', 'Integration', {
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: att('Fn', 'Arn'),
    IntegrationMethod: 'POST',
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: '5000',
    CredentialsArn: att('Role', 'Arn'),
    RequestParameters: { 'append:header.x': '$request.header.y' },
    ResponseParameters: { '200': { ResponseParameters: [{ Destination: 'overwrite:header.a', Source: '1' }] } },
  }),
  Private: of('Http', 'Integration', {
    IntegrationType: 'HTTP_PROXY',
    IntegrationUri: ref('Listener'),
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: ref('Link'),
    PayloadFormatVersion: '1.0',
    TlsConfig: { ServerNameToVerify: 'orders.internal' },
  }),
  Discovered: of('Http', 'Integration', { IntegrationType: 'HTTP_PROXY', IntegrationUri: att('Service', 'Arn') }),
  Queue: of('Http', 'Integration', {
    IntegrationType: 'AWS_PROXY',
    IntegrationSubtype: 'SQS-SendMessage',
    RequestParameters: { QueueUrl: 'https://sqs', MessageBody: '$request.body' },
  }),
  Link: v2('VpcLink', { SubnetIds: ['a'], SecurityGroupIds: ['b'] }),
  Jwt: of('Http', 'Authorizer', {
    Name: 'users',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['web', ref('Client')] },
  }),
  Client: resource('AWS::Cognito::UserPoolClient'),
  Lambda: of('Http', 'Authorizer', {
    Name: 'tokens',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: invocation(att('Fn', 'Arn')),
    AuthorizerCredentialsArn: att('Role', 'Arn'),
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerResultTtlInSeconds: '60',
    EnableSimpleResponses: true,
    IdentitySource: ['$request.header.X', '$context.routeKey'],
    IdentityValidationExpression: '.*',
  }),
  Default: of(
    'Http',
    'Stage',
    {
      StageName: '$default',
      AutoDeploy: true,
      StageVariables: { table: 'orders', other: ref('Env') },
      AccessLogSettings: { DestinationArn: att('Log', 'Arn'), Format: '$context.requestId' },
      DefaultRouteSettings: ROUTE_SETTINGS,
      RouteSettings: { 'GET /orders/{id}': { ThrottlingRateLimit: 1 } },
    },
    { DependsOn: ['List'] },
  ),
  Settled: of('Http', 'Stage', { StageName: 'settled', DeploymentId: ref('Deployment'), RouteSettings: ref('Env') }),
  Deployment: of('Http', 'Deployment', { Description: 'first', StageName: 'settled' }, { DependsOn: 'List' }),
  Lost: v2('Stage', { ApiId: 'abc', StageName: 'lost' }),

  Chat: v2('Api', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
    ApiKeySelectionExpression: '$request.header.x-api-key',
    DisableSchemaValidation: false,
  }),
  Connect: of('Chat', 'Route', {
    RouteKey: '$connect',
    AuthorizationType: 'CUSTOM',
    AuthorizerId: ref('Token'),
    ApiKeyRequired: true,
    RequestParameters: { 'route.request.querystring.room': { Required: true }, 'route.request.header.x': false },
    Target: target('Invoke'),
  }),
  Send: of('Chat', 'Route', {
    RouteKey: 'sendMessage',
    ModelSelectionExpression: '$request.body.kind',
    RequestModels: { text: 'Text', $default: ref('Text') },
    RouteResponseSelectionExpression: '$default',
    Target: target('Store'),
  }),
  SendResponse: of('Chat', 'RouteResponse', {
    RouteId: ref('Send'),
    RouteResponseKey: '$default',
    ModelSelectionExpression: '$default',
    ResponseModels: { $default: 'Text' },
  }),
  Text: of('Chat', 'Model', { Name: 'Text', ContentType: 'application/json', Schema: { type: 'object' } }),
  Token: of('Chat', 'Authorizer', { AuthorizerType: 'REQUEST', AuthorizerUri: invocation(att('Fn', 'Arn')) }),
  Invoke: of('Chat', 'Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: invocation(att('Fn', 'Arn')) }),
  Store: of('Chat', 'Integration', {
    IntegrationType: 'AWS',
    IntegrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem',
    RequestTemplates: { $default: '{}' },
    TemplateSelectionExpression: '$default',
    PassthroughBehavior: 'NEVER',
    ContentHandlingStrategy: 'CONVERT_TO_TEXT',
  }),
  Stored: of('Chat', 'IntegrationResponse', {
    IntegrationId: ref('Store'),
    IntegrationResponseKey: '/200/',
    ResponseTemplates: { $default: '{}' },
    ResponseParameters: { 'route.response.header.x': "'1'" },
    TemplateSelectionExpression: '$default',
    ContentHandlingStrategy: 'CONVERT_TO_TEXT',
  }),
  Live: of('Chat', 'Stage', { StageName: 'live', AutoDeploy: true, ClientCertificateId: 'cert' }),

  Quick: v2('Api', {
    Name: 'quick',
    ProtocolType: 'HTTP',
    Target: att('Fn', 'Arn'),
    CredentialsArn: att('Role', 'Arn'),
  }),
  Overrides: of('Quick', 'ApiGatewayManagedOverrides', {
    Route: { AuthorizationType: 'AWS_IAM' },
    Stage: { AccessLogSettings: { DestinationArn: att('Log', 'Arn'), Format: 'x' } },
  }),

  Plan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Chat'), Stage: 'live' }] }),
  Acl: resource('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: {
      'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/apis/${Http}/stages/$default',
    },
  }),
  Domain: v2('DomainName', {
    DomainName: 'api.example.com',
    RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING',
    DomainNameConfigurations: [
      {
        CertificateArn: ref('Certificate'),
        EndpointType: 'REGIONAL',
        SecurityPolicy: 'TLS_1_2',
        IpAddressType: 'ipv4',
      },
    ],
    MutualTlsAuthentication: { TruststoreUri: 's3://bucket/key', TruststoreVersion: '1' },
  }),
  Certificate: resource('AWS::CertificateManager::Certificate'),
  OldDomain: resource('AWS::ApiGateway::DomainName', {
    DomainName: 'old.example.com',
    RegionalCertificateArn: 'arn:cert',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    SecurityPolicy: 'TLS_1_0',
  }),
  PrivateDomain: resource('AWS::ApiGateway::DomainNameV2', { Policy: { Version: '2012-10-17' } }),
  Mapping: v2('ApiMapping', {
    ApiId: ref('Http'),
    DomainName: ref('Domain'),
    Stage: ref('Default'),
    ApiMappingKey: 'orders/v1',
  }),
  OldMapping: resource('AWS::ApiGateway::BasePathMapping', {
    DomainName: 'old.example.com',
    RestApiId: 'abc',
    BasePath: 'orders',
    Stage: 'prod',
  }),
  Rule: v2('RoutingRule', {
    DomainNameArn: att('Domain', 'DomainNameArn'),
    Priority: 1,
    Conditions: [
      { MatchBasePaths: { AnyOf: ['orders'] } },
      { MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: '2*' }] } },
    ],
    Actions: [{ InvokeApi: { ApiId: ref('Http'), Stage: '$default' } }],
  }),
};
