import { type HttpApi, type V2Route } from '../../lib/template/model/model';
import { isKnown, UNKNOWN } from '../../lib/template/model/value';
import { httpOpenApi } from './http-openapi';
import { modelOf, resource } from './source-of';
import { v2Resources } from './v2-resources';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

type Loose = Record<string, unknown>;

function apiOf(body: unknown, properties: Loose = {}, more: Loose = {}): HttpApi {
  const Api = resource('AWS::ApiGatewayV2::Api', { Body: body, ...properties });
  const { Fn, Listener, Balancer, Link, Client } = v2Resources;
  return modelOf(
    { Api, Fn, Listener, Balancer, Link, Client, ...more },
    { Parameters: { Elsewhere: { Type: 'String' } } },
  ).httpApis[0];
}

const api = apiOf(httpOpenApi);
const route = (key: string, of = api): V2Route => of.routes.find(({ routeKey }) => routeKey === key) as V2Route;

describe('an HTTP API in a Body', () => {
  test('has the settings of the document', () => {
    expect(api).toMatchObject({
      kind: 'http',
      form: 'body',
      name: 'orders',
      description: 'all of them',
      openApiVersion: '3.0.1',
      disableExecuteApiEndpoint: true,
      models: [{ name: 'Order' }],
      corsConfiguration: {
        location: { path: ['Properties', 'Body', 'x-amazon-apigateway-cors'] },
        allowOrigins: ['https://app.example.com'],
        allowCredentials: true,
        maxAge: 600,
      },
    });
    expect(api.bodyBytes).toBe(JSON.stringify(httpOpenApi).length);
  });

  test('lets a property of the resource go first', () => {
    const CorsConfiguration = { AllowOrigins: ['*'] };
    const one = apiOf(httpOpenApi, { CorsConfiguration, DisableExecuteApiEndpoint: false, Name: 'mine' });
    expect(one).toMatchObject({
      name: 'mine',
      disableExecuteApiEndpoint: false,
      corsConfiguration: { allowOrigins: ['*'], maxAge: undefined },
    });
  });

  test('has its routes', () => {
    expect(api.routes.map(({ routeKey, authorizationType }) => [routeKey, authorizationType])).toEqual([
      ['GET /orders/{id}', 'JWT'],
      ['POST /orders/{id}', 'CUSTOM'],
      ['PUT /orders/{id}', UNKNOWN],
      ['DELETE /orders/{id}', 'AWS_IAM'],
      ['ANY /{proxy+}', 'AWS_IAM'],
      ['$default', 'NONE'],
    ]);
    expect(route('GET /orders/{id}')).toMatchObject({
      httpMethod: 'GET',
      path: '/orders/{id}',
      operationId: 'list',
      scopes: ['read'],
      location: { logicalId: 'Api', path: ['Properties', 'Body', 'paths', '/orders/{id}', 'get'] },
    });
    expect(route('$default')).not.toHaveProperty('path');
    expect(route('PUT /orders/{id}').integration).toBe(UNKNOWN);
    expect(route('DELETE /orders/{id}').integration).toBeUndefined();
    expect(api.securityGaps).toMatchObject([{ scheme: 'nowhere', defined: false, operations: ['PUT /orders/{id}'] }]);
  });

  test('shares the integration that two routes refer to', () => {
    const { integration } = route('GET /orders/{id}');
    expect(integration).toBe(route('POST /orders/{id}').integration);
    expect(integration).toMatchObject({
      location: {
        path: ['Properties', 'Body', 'components', 'x-amazon-apigateway-integrations', 'fn'],
      },
      type: 'AWS_PROXY',
      payloadFormatVersion: '2.0',
      timeoutInMillis: 5000,
      lambda: { function: { logicalId: 'Fn' } },
    });
    expect(api.integrations).toHaveLength(3);
    expect(route('ANY /{proxy+}').integration).toMatchObject({
      type: 'HTTP_PROXY',
      httpMethod: 'ANY',
      targetType: 'network',
      connectionId: '<Link>',
      tls: { serverNameToVerify: 'orders.internal' },
    });
    expect(route('$default').integration).toMatchObject({
      subtype: 'SQS-SendMessage',
      credentials: 'arn:role',
      responseParameters: { '200': { 'overwrite:header.a': '1' } },
      lambda: undefined,
    });
  });

  test('has its authorizers', () => {
    expect(api.authorizers).toMatchObject([
      {
        key: 'users',
        type: 'JWT',
        identitySource: ['$request.header.Authorization'],
        jwt: { issuer: 'https://issuer.example.com', audience: ['web', '<Client>'] },
      },
      {
        key: 'tokens',
        type: 'REQUEST',
        identitySource: ['$request.header.X', '$context.routeKey'],
        payloadFormatVersion: '2.0',
        resultTtlInSeconds: 60,
        enableSimpleResponses: true,
        lambda: { function: { logicalId: 'Fn' } },
      },
    ]);
    expect(route('POST /orders/{id}').authorizer).toBe(api.authorizers[1]);
  });

  test('is taken for unknown where the document leaves open whether its root guards an operation', () => {
    const one = apiOf({ paths: { '/x': { get: {}, post: { security: [] } } }, security: [{ users: [] }] });
    expect(one.routes.map(({ authorizationType }) => authorizationType)).toEqual([UNKNOWN, 'NONE']);
    expect(one.rootSecurity).toEqual([{ users: [] }]);
  });

  test('has the default route however it is written', () => {
    const any = (path: string, operation: Loose = {}) =>
      apiOf({ paths: { [path]: { 'x-amazon-apigateway-any-method': operation } } }).routes.map(
        ({ routeKey }) => routeKey,
      );
    expect(any('/$default')).toEqual(['$default']);
    expect(any('$default')).toEqual(['$default']);
    expect(any('/other', { isDefaultRoute: true })).toEqual(['$default']);
    expect(any('/other')).toEqual(['ANY /other']);
  });

  test('that is elsewhere, or mixed with resources, says so', () => {
    expect(apiOf({ 'Fn::Transform': { Name: 'AWS::Include' } }).form).toBe('opaque');
    expect(apiOf({ 'Fn::ImportValue': 'x' }).form).toBe('opaque');
    expect(apiOf(undefined, { BodyS3Location: { Bucket: 'b' } }).form).toBe('opaque');
    const Route = resource('AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Api' }, RouteKey: 'GET /more' });
    const mixed = apiOf(httpOpenApi, {}, { Route });
    expect(mixed.form).toBe('mixed');
    expect(mixed.routes).toHaveLength(api.routes.length + 1);
  });

  test('and the same API of resources have the same routes', () => {
    const [, ofResources] = [api, modelOf(v2Resources).httpApis[0]];
    const told = (of: HttpApi) =>
      ['GET /orders/{id}', 'ANY /{proxy+}']
        .map((key) => route(key, of))
        .map(({ httpMethod, path, operationId, scopes, integration }) => {
          const known = isKnown(integration) ? integration : undefined;
          const { connectionId, targetType, tls, payloadFormatVersion, lambda } = known ?? {};
          const server = tls?.serverNameToVerify;
          return {
            httpMethod,
            path,
            operationId,
            scopes,
            connectionId,
            targetType,
            server,
            payloadFormatVersion,
            lambda,
          };
        });
    expect(told(ofResources)).toEqual(told(api));
  });
});
