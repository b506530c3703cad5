import { resource } from '../../template/source-of';

const Function = (ZipFile: string, more: object = {}) =>
  resource('AWS::Lambda::Function', {
    ...{ Runtime: 'nodejs20.x', Handler: 'index.handler', Role: 'arn:aws:iam::111122223333:role/r' },
    ...{ Code: { ZipFile }, ...more },
  });

const invoke = (id: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
});

/** Replies with an environment variable. */
export const PRINTS_TABLE = `exports.handler = async () => ({ statusCode: 200, body: String(process.env.TABLE) });`;

type Operation = Readonly<Record<string, unknown>>;

export const mock = (body = '{}'): Operation => ({
  responses: { 200: { description: 'ok' } },
  'x-amazon-apigateway-integration': {
    ...{ type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } },
    responses: { default: { statusCode: 200, responseTemplates: { 'application/json': body } } },
  },
});

export const proxied = (id: string): Operation => ({
  'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: invoke(id) },
});

/** A REST API of these operations (`GET /orders` → operation) with the stage `prod`. */
export function restApi(operations: Readonly<Record<string, Operation>>, id = 'Orders', title = 'orders', more = {}) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method, path] = route.split(' ');
    (paths[path] ??= {})[method.toLowerCase()] = operation;
  }
  return {
    [id]: resource('AWS::ApiGateway::RestApi', { Body: { openapi: '3.0.1', info: { title }, paths, ...more } }),
    [`${id}Deployment`]: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: id } }),
    [`${id}Stage`]: resource('AWS::ApiGateway::Stage', {
      ...{ RestApiId: { Ref: id }, DeploymentId: { Ref: `${id}Deployment` }, StageName: 'prod' },
    }),
  };
}

export const fn = Function;
export const template = (...parts: readonly object[]) => ({ Resources: Object.assign({}, ...parts) as object });

/** A chat that echoes. */
export const chat = {
  Chat: resource('AWS::ApiGatewayV2::Api', {
    ...{ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  }),
  ChatStage: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Chat' }, StageName: 'prod', AutoDeploy: true }),
};

/** An HTTP API with a route for tokens. */
export const http = {
  Web: resource('AWS::ApiGatewayV2::Api', {
    Body: {
      openapi: '3.0.1',
      info: { title: 'web' },
      paths: {
        '/me': {
          get: {
            ...{ security: [{ jwt: ['me/read'] }], responses: {} },
            'x-amazon-apigateway-integration': {
              ...{ type: 'http_proxy', httpMethod: 'GET', uri: 'https://api.example.com/me' },
              payloadFormatVersion: '1.0',
            },
          },
        },
      },
      components: {
        securitySchemes: {
          jwt: {
            type: 'oauth2',
            'x-amazon-apigateway-authorizer': {
              ...{ type: 'jwt', identitySource: '$request.header.Authorization' },
              jwtConfiguration: { issuer: 'https://login.example.com/', audience: ['shop'] },
            },
          },
        },
      },
    },
  }),
  WebStage: resource('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Web' }, StageName: '$default', AutoDeploy: true }),
};
