import { Duration, Stack, Token } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { bodyOf, gateway, integrationOf } from './support';

const http = HttpIntegration.http('https://example.com/');
const cors = { allowOrigins: ['https://app.example.com', 'https://www.example.com'] };
const CORS = 'x-amazon-apigateway-cors';
const preflights = (body: Json) => Object.keys(body.paths).filter((path) => body.paths[path].options);
const functions = (template: Json) => ids(template, 'AWS::Lambda::Function');

test('several origins, headers and the methods of all routes are written out', () => {
  const { stack } = gateway({
    cors,
    routes: { 'GET /a': { integration: http }, 'POST /b': { integration: http } },
  });
  expect(bodyOf(stack)[CORS]).toEqual({
    allowOrigins: ['https://app.example.com', 'https://www.example.com'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: expect.arrayContaining(['Authorization', 'Content-Type']),
    maxAge: 600,
  });
});

test('what is written is what there is, wildcards too', () => {
  const given = {
    allowOrigins: ['https://a.example.com'],
    allowMethods: ['*'],
    allowHeaders: ['X-A'],
    exposeHeaders: ['*'],
    maxAge: Duration.hours(1),
  };
  const { stack } = gateway({ cors: given });
  expect(bodyOf(stack)[CORS]).toEqual({ ...given, maxAge: 3600 });
  const named = { ...given, allowMethods: ['GET'], exposeHeaders: ['X-B'], allowCredentials: true };
  expect(bodyOf(gateway({ cors: named }).stack)[CORS]).toEqual({ ...named, maxAge: 3600 });
});

const listOf = (name: string) => Token.asList({ Ref: name });

test('lists that only the deployment knows are passed on', () => {
  const { stack } = gateway({
    routes: { 'GET /a': { integration: http } },
    cors: {
      allowOrigins: listOf('Origins'),
      allowHeaders: listOf('Headers'),
      exposeHeaders: listOf('Exposed'),
      allowCredentials: true,
    },
  });
  expect(bodyOf(stack)[CORS]).toMatchObject({
    allowOrigins: { Ref: 'Origins' },
    allowHeaders: { Ref: 'Headers' },
    exposeHeaders: { Ref: 'Exposed' },
    allowCredentials: true,
  });
});

test('API Gateway answers preflights of routes with a method by itself', () => {
  const { stack } = gateway({ cors, routes: { 'GET /a': { integration: http } } });
  const template = templateOf(stack);
  expect(preflights(bodyOf(stack))).toEqual([]);
  expect(functions(template)).toEqual([]);
});

describe('authorized routes for any method', () => {
  const { stack } = gateway({
    cors,
    routes: {
      $default: { integration: http },
      'ANY /admin': { integration: http },
      'ANY /open': { integration: http, authorizer: HttpAuthorizer.none('public') },
      'GET /a': { integration: http },
    },
  });
  const template = templateOf(stack);
  const body = resource(template, 'AWS::ApiGatewayV2::Api').Properties.Body;

  test('get open OPTIONS routes, or the authorizer would answer the browser 401', () => {
    expect(preflights(body).sort()).toEqual(['/', '/admin', '/{proxy+}']);
    for (const path of preflights(body)) expect(body.paths[path].options.security).toBeUndefined();
    expect(body.paths['/$default']['x-amazon-apigateway-any-method'].security).toEqual([{ sigv4: [] }]);
  });

  test('whose other requests reach a function that does nothing, and no back-end', () => {
    for (const path of preflights(body)) expect(integrationOf(body, path, 'options').type).toBe('aws_proxy');
    const handler = resource(template, 'AWS::Lambda::Function').Properties;
    expect(handler.Code.ZipFile).toBe('exports.handler = async () => ({ statusCode: 204 });');
    expect(resource(template, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
    expect(ids(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(JSON.stringify(resource(template, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain(
      '/$default/OPTIONS/*',
    );
  });
});

test('without CORS there is no preflight', () => {
  const { stack } = gateway({ routes: { $default: { integration: http } } });
  expect(preflights(bodyOf(stack))).toEqual([]);
  expect(functions(templateOf(stack))).toEqual([]);
});

test('an OPTIONS route of the user stands, whichever comes first, and the function goes where none is left', () => {
  const own = { integration: http, authorizer: HttpAuthorizer.none('preflight') };
  for (const order of [
    ['ANY /a', 'OPTIONS /a'],
    ['OPTIONS /a', 'ANY /a'],
  ]) {
    const { stack, api } = gateway({ cors, routes: {} });
    for (const key of order) api.addRoute(key, key === 'ANY /a' ? { integration: http } : own);
    const template = templateOf(stack);
    const body = resource(template, 'AWS::ApiGatewayV2::Api').Properties.Body;
    expect(integrationOf(body, '/a', 'options').type).toBe('http_proxy');
    expect(functions(template)).toEqual([]);
    expect(ids(template, 'AWS::Lambda::Permission')).toEqual([]);
  }
});

test('the preflights of $default take the greedy path that is there', () => {
  const stack = new Stack(testApp(), 'Stack');
  new HttpGateway(stack, 'Api', {
    cors,
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: {
      $default: { integration: HttpIntegration.lambda(fn(stack, 'Handler')) },
      'GET /{rest+}': { integration: http },
    },
  });
  expect(preflights(bodyOf(stack)).sort()).toEqual(['/', '/{rest+}']);
});

test.each(['https://*', 'http://*', 'https://*.example.com'])('the origin %s is written as it is', (origin) => {
  expect(bodyOf(gateway({ cors: { allowOrigins: [origin] } }).stack)[CORS].allowOrigins).toEqual([origin]);
});
