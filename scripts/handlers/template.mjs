// One template for each adapter: its function behind every kind of API and payload format.

const of = (Type, Properties, more = {}) => ({ Type: `AWS::${Type}`, Properties, ...more });
const uri = (fn, version = '2015-03-31', action = 'invocations') => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${${fn}.Arn}/${action}`,
});

const restApi = (id, integration, more = {}) => ({
  [id]: of('ApiGateway::RestApi', {
    ...more,
    Body: {
      openapi: '3.0.1',
      info: { title: id },
      paths: {
        '/{proxy+}': {
          'x-amazon-apigateway-any-method': {
            'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', ...integration },
          },
        },
      },
    },
  }),
  [`${id}Deployment`]: of('ApiGateway::Deployment', { RestApiId: { Ref: id } }),
  [`${id}Stage`]: of('ApiGateway::Stage', {
    ...{ RestApiId: { Ref: id }, DeploymentId: { Ref: `${id}Deployment` }, StageName: 'prod' },
  }),
});

const httpApi = (id, payloadFormatVersion) => ({
  [id]: of('ApiGatewayV2::Api', {
    Body: {
      openapi: '3.0.1',
      info: { title: id },
      paths: {
        '/$default': {
          'x-amazon-apigateway-any-method': {
            isDefaultRoute: true,
            'x-amazon-apigateway-integration': {
              ...{ type: 'aws_proxy', httpMethod: 'POST', uri: uri('Handler'), payloadFormatVersion },
            },
          },
        },
      },
    },
  }),
  ...Object.fromEntries(
    ['$default', 'prod'].map((StageName, index) => [
      `${id}Stage${index}`,
      of('ApiGatewayV2::Stage', { ApiId: { Ref: id }, StageName, AutoDeploy: true }),
    ]),
  ),
});

const webSocketApi = (id) => ({
  [id]: of('ApiGatewayV2::Api', {
    ...{ Name: id, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  }),
  [`${id}Integration`]: of('ApiGatewayV2::Integration', {
    ...{ ApiId: { Ref: id }, IntegrationType: 'AWS_PROXY', IntegrationUri: uri('Handler') },
  }),
  ...Object.fromEntries(
    ['$connect', '$disconnect', '$default'].map((RouteKey) => [
      `${id}${RouteKey.slice(1)}`,
      of('ApiGatewayV2::Route', {
        ...{ ApiId: { Ref: id }, RouteKey, Target: { 'Fn::Sub': `integrations/\${${id}Integration}` } },
      }),
    ]),
  ),
  [`${id}Stage`]: of('ApiGatewayV2::Stage', { ApiId: { Ref: id }, StageName: 'prod', AutoDeploy: true }),
});

const domain = (Name, api, Stage) => ({
  [`${api}Domain`]: of('ApiGatewayV2::DomainName', { DomainName: Name }),
  [`${api}Mapping`]: of('ApiGatewayV2::ApiMapping', {
    ...{ ApiId: { Ref: api }, DomainName: { Ref: `${api}Domain` }, Stage, ApiMappingKey: 'shop' },
  }),
});

const lambda = (Handler, folder, environment) =>
  of(
    'Lambda::Function',
    {
      ...{ Runtime: 'nodejs24.x', Handler, Role: 'arn:aws:iam::111122223333:role/r', Timeout: 5 },
      Code: { S3Bucket: 'assets', S3Key: 'handlers.zip' },
      ...(environment ? { Environment: { Variables: environment } } : {}),
    },
    { Metadata: { 'aws:asset:path': folder, 'aws:asset:property': 'Code' } },
  );

export const KINDS = ['rest', 'restBinary', 'http2', 'http1'];
export const DOMAINS = { rest: 'rest.example.com', http2: 'http2.example.com', http1: 'http1.example.com' };

/** @param name the module of the application @param folder where it is @param exported its handler */
export const templateOf = (name, folder, exported, environment) => ({
  Resources: {
    Handler: lambda(`${name}.${exported}`, folder, environment),
    Stream: lambda(`${name}.stream`, folder),
    ...restApi('rest', { uri: uri('Handler') }),
    ...restApi('restBinary', { uri: uri('Handler') }, { BinaryMediaTypes: ['*/*'] }),
    ...restApi('restStream', {
      ...{ uri: uri('Stream', '2021-11-15', 'response-streaming-invocations'), responseTransferMode: 'STREAM' },
    }),
    ...httpApi('http2', '2.0'),
    ...httpApi('http1', '1.0'),
    ...webSocketApi('socket'),
    ...domain(DOMAINS.rest, 'rest', 'prod'),
    ...domain(DOMAINS.http2, 'http2', '$default'),
    ...domain(DOMAINS.http1, 'http1', '$default'),
  },
});
