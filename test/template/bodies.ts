import { att, invocation, ref } from './source-of';

export const lambda = { type: 'aws_proxy', httpMethod: 'post', uri: invocation(att('Fn', 'Arn')) };

/** A document that uses everything the reader knows. */
export const openApi3 = {
  openapi: '3.0.1',
  info: { title: 'Orders', description: 'All of them' },
  security: [{ pool: [] }],
  paths: {
    '/orders/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getOrder',
        parameters: [
          { name: 'page', in: 'query' },
          { name: 'X-Trace', in: 'header', required: true },
          { name: 'session', in: 'cookie' },
          { name: 'odd', in: 'constructor' },
        ],
        security: [{ pool: ['orders/read'] }, { key: [] }],
        responses: {
          '200': { headers: { 'Cache-Control': {}, ETag: {} } },
          '404': { $ref: '#/components/responses/Missing' },
        },
        'x-amazon-apigateway-integration': {
          ...lambda,
          credentials: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/x' },
          passthroughBehavior: 'when_no_match',
          contentHandling: 'CONVERT_TO_TEXT',
          timeoutInMillis: 5000,
          cacheNamespace: 'ns',
          cacheKeyParameters: ['method.request.path.id'],
          connectionType: 'VPC_LINK',
          connectionId: ref('Link'),
          integrationTarget: 'arn:target',
          responseTransferMode: 'stream',
          tlsConfig: { insecureSkipVerification: true },
          requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
          requestTemplates: { 'application/json': '{}' },
          responses: {
            default: { statusCode: 200, responseParameters: { 'method.response.header.ETag': "'1'" } },
            '5\\d{2}': {
              statusCode: '500',
              responseTemplates: { 'application/json': 'x' },
              contentHandling: 'convert_to_binary',
            },
          },
        },
      },
      'x-amazon-apigateway-any-method': {
        security: [{ lambda: [] }],
        'x-amazon-apigateway-integration': { type: 'mock' },
      },
      description: 'no operation',
    },
    '/orders': {
      post: {
        'x-amazon-apigateway-request-validator': 'params',
        requestBody: { $ref: '#/components/requestBodies/Order' },
        security: [{ sigv4: [] }],
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/shared' },
      },
      put: { security: [{ key: [] }], 'x-amazon-apigateway-request-validator': 'nowhere' },
      delete: { 'x-amazon-apigateway-auth': { type: 'aws_iam' } },
      patch: { security: [{ nowhere: [] }] },
      head: { security: [] },
      options: {},
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path' } },
    responses: { Missing: { headers: { 'X-Why': {} } } },
    requestBodies: { Order: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } } },
    schemas: { Order: { type: 'object' } },
    'x-amazon-apigateway-integrations': { shared: { type: 'HTTP', uri: 'https://example.com' } },
    securitySchemes: {
      pool: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [att('Pool', 'Arn')] },
      },
      lambda: {
        type: 'apiKey',
        name: 'Unused',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: invocation(att('Fn', 'Arn')),
          authorizerCredentials: 'arn:role',
          identitySource: 'method.request.header.X',
          authorizerResultTtlInSeconds: 0,
          identityValidationExpression: '.*',
        },
      },
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
    params: { validateRequestBody: false, validateRequestParameters: true },
  },
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_4XX: {
      statusCode: 400,
      responseParameters: { 'gatewayresponse.header.X': "'1'" },
      responseTemplates: { 'application/json': '{}' },
    },
  },
  'x-amazon-apigateway-binary-media-types': ['image/*'],
  'x-amazon-apigateway-minimum-compression-size': 1024,
  'x-amazon-apigateway-api-key-source': 'HEADER',
  'x-amazon-apigateway-policy': { Version: '2012-10-17' },
  servers: [
    { url: '/' },
    {
      url: '/',
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true, vpcEndpointIds: ['vpce-1'] },
    },
  ],
  'x-amazon-apigateway-security-policy': 'SecurityPolicy_TLS13_1_3_2025_09',
  'x-amazon-apigateway-endpoint-access-mode': 'STRICT',
};

/** The same kind of API in the words of Swagger 2. */
export const swagger = {
  swagger: '2.0',
  info: { title: 'Pets' },
  consumes: ['application/xml'],
  paths: {
    '/pets': {
      parameters: [{ $ref: '#/parameters/Tenant' }],
      post: {
        consumes: ['application/json', 'application/hal+json'],
        parameters: [{ in: 'body', name: 'Pet', schema: { $ref: '#/definitions/Pet' } }],
        security: [{ token: [] }],
        'x-amazon-apigateway-integration': lambda,
      },
      put: { parameters: [{ in: 'body', name: 'Pet', schema: { type: 'object' } }] },
    },
  },
  parameters: { Tenant: { name: 'X-Tenant', in: 'header', required: true } },
  definitions: { Pet: { type: 'object' } },
  securityDefinitions: {
    token: {
      type: 'apiKey',
      name: 'X-Token',
      in: 'header',
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: invocation(att('Fn', 'Arn')) },
    },
  },
};
