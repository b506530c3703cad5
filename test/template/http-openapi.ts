import { att, invocation, ref } from './source-of';

type Loose = Record<string, unknown>;

/** An HTTP API in one document that uses everything the reader knows. */
export const httpOpenApi: Loose = {
  openapi: '3.0.1',
  info: { title: 'orders', description: 'all of them', version: '1' },
  servers: [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } }],
  paths: {
    '/orders/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'list',
        security: [{ users: ['read'] }],
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/fn' },
      },
      post: {
        security: [{ tokens: [] }],
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/fn' },
      },
      put: { security: [{ nowhere: [] }], 'x-amazon-apigateway-integration': ref('Elsewhere') },
      delete: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } },
    },
    '/{proxy+}': {
      'x-amazon-apigateway-any-method': {
        security: [{ sigv4: [] }],
        'x-amazon-apigateway-integration': {
          type: 'http_proxy',
          httpMethod: 'any',
          uri: ref('Listener'),
          connectionType: 'VPC_LINK',
          connectionId: ref('Link'),
          payloadFormatVersion: '1.0',
          tlsConfig: { serverNameToVerify: 'orders.internal' },
        },
      },
    },
    '/$default': {
      'x-amazon-apigateway-any-method': {
        isDefaultRoute: true,
        security: [],
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          integrationSubtype: 'SQS-SendMessage',
          credentials: 'arn:role',
          requestParameters: { QueueUrl: 'https://sqs', MessageBody: '$request.body' },
          responseParameters: { '200': { 'overwrite:header.a': '1' } },
        },
      },
    },
  },
  components: {
    schemas: { Order: { type: 'object' } },
    'x-amazon-apigateway-integrations': {
      fn: {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: invocation(att('Fn', 'Arn')),
        payloadFormatVersion: '2.0',
        timeoutInMillis: 5000,
      },
    },
    securitySchemes: {
      users: {
        type: 'oauth2',
        flows: {},
        'x-amazon-apigateway-authorizer': {
          type: 'jwt',
          identitySource: '$request.header.Authorization',
          jwtConfiguration: { issuer: 'https://issuer.example.com', audience: ['web', ref('Client')] },
        },
      },
      tokens: {
        type: 'apiKey',
        name: 'X',
        in: 'header',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          identitySource: '$request.header.X, $context.routeKey',
          authorizerUri: invocation(att('Fn', 'Arn')),
          authorizerPayloadFormatVersion: '2.0',
          authorizerResultTtlInSeconds: 60,
          enableSimpleResponses: true,
        },
      },
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
  'x-amazon-apigateway-cors': {
    allowOrigins: ['https://app.example.com'],
    allowMethods: ['GET'],
    allowHeaders: ['authorization'],
    exposeHeaders: ['etag'],
    allowCredentials: true,
    maxAge: 600,
  },
};
