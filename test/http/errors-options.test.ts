import { App, Duration, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import {
  HttpAuthorizer,
  HttpPayloadFormatVersion,
  HttpRequestParameter,
  HttpResponseParameter,
  HttpResponseValue,
  RequestValue,
} from '../../lib';

const stack = new Stack(new App(), 'Other');
const handler = Function.fromFunctionArn(stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const jwt = { issuer: 'https://x.example.com', audience: ['a'] };

describe('authorizers', () => {
  const users = new UserPool(stack, 'Users');
  const client = users.addClient('Client');
  const many = Array.from({ length: 51 }, (_, i) => `a${i}`);

  test.each<[string, () => unknown, string]>([
    ['no audience', () => HttpAuthorizer.jwt({ ...jwt, audience: [] }), 'HttpAuthorizer.jwt: audience is empty'],
    [
      '51 audiences',
      () => HttpAuthorizer.jwt({ ...jwt, audience: many }),
      'names 51 audiences, and an authorizer takes 50; make several authorizers',
    ],
    ['an issuer in clear', () => HttpAuthorizer.jwt({ ...jwt, issuer: 'http://x' }), 'must begin with https://'],
    [
      'an address of a document',
      () => HttpAuthorizer.jwt({ ...jwt, issuer: 'https://x/.well-known/y' }),
      'write the issuer itself',
    ],
    ['two scopes in one', () => HttpAuthorizer.jwt({ ...jwt, scopes: ['a b'] }), 'write separate scopes: "a", "b"'],
    [
      'the identity source of REST',
      () => HttpAuthorizer.jwt({ ...jwt, identitySource: 'method.request.header.Token' }),
      'identitySource "method.request.header.Token" must be one header or query parameter: "$request.header.Token"',
    ],
    [
      'a name with a space',
      () => HttpAuthorizer.jwt({ ...jwt, authorizerName: 'a b' }),
      'authorizerName "a b" must be 1 to 128',
    ],
    [
      'an Auth0 URL',
      () => HttpAuthorizer.auth0({ domain: 'https://x.auth0.com', audience: ['a'] }),
      'HttpAuthorizer.auth0: domain',
    ],
    [
      'an Okta admin console',
      () => HttpAuthorizer.okta({ domain: 'x-admin.okta.com', audience: ['a'] }),
      'admin console',
    ],
    ['no tenant', () => HttpAuthorizer.entraId({ tenantId: 'common', audience: ['a'] }), 'stands for many tenants'],
    [
      'no clients',
      () => HttpAuthorizer.cognito({ userPools: [users], userPoolClients: [] }),
      'HttpAuthorizer.cognito: userPoolClients is empty',
    ],
    [
      'several pools',
      () => HttpAuthorizer.cognito({ userPools: [users, users], userPoolClients: [client] }),
      'HttpAuthorizer.cognito: userPools has 2 user pools, but the tokens of this authorizer have one issuer; give each its own authorizer on separate routes',
    ],
    [
      'no pool',
      () => HttpAuthorizer.cognito({ userPools: [], userPoolClients: [client] }),
      'HttpAuthorizer.cognito: userPools is empty; pass the user pool',
    ],
    [
      'the name of before',
      () => HttpAuthorizer.cognito({ userPool: users, userPoolClients: [client] } as never),
      'HttpAuthorizer.cognito: userPool: write userPools: [pool]',
    ],
    [
      'claims',
      () => HttpAuthorizer.jwt({ ...jwt, requiredClaims: {} } as never),
      'requiredClaims: the authorizer is built into API Gateway',
    ],
    [
      'tolerance',
      () => HttpAuthorizer.jwt({ ...jwt, clockTolerance: 1 } as never),
      'clockTolerance: the authorizer is built into API Gateway',
    ],
    [
      'algorithms',
      () => HttpAuthorizer.jwt({ ...jwt, algorithms: [] } as never),
      'algorithms: HTTP APIs accept tokens signed with RSA',
    ],
    [
      'kept decisions',
      () => HttpAuthorizer.jwt({ ...jwt, resultsCacheTtl: 1 } as never),
      'resultsCacheTtl: the authorizer is built into API Gateway',
    ],
    [
      'decisions that are kept for everybody',
      () => HttpAuthorizer.lambda(handler, { resultsCacheTtl: Duration.minutes(1) }),
      'HttpAuthorizer.lambda: identitySources is empty while decisions are cached, so one caller would get the decision for another',
    ],
    [
      'decisions that are kept for more than an hour',
      () =>
        HttpAuthorizer.lambda(handler, { identitySources: ['$request.header.A'], resultsCacheTtl: Duration.hours(2) }),
      'resultsCacheTtl must be 0 to 3600 seconds, got: 7200',
    ],
    [
      'an identity source of REST',
      () => HttpAuthorizer.lambda(handler, { identitySources: ['context.routeKey'] }),
      'the identity source "context.routeKey" must be $request.header.X, $request.querystring.x, $stageVariables.x or $context.x; write "$context.routeKey"',
    ],
    [
      'an identity source that is none',
      () => HttpAuthorizer.lambda(handler, { identitySources: ['Authorization'] }),
      'must be $request.header.X',
    ],
    [
      'simple answers in form 1.0',
      () =>
        HttpAuthorizer.lambda(handler, { simpleResponses: true, payloadFormatVersion: HttpPayloadFormatVersion.V1_0 }),
      'simpleResponses requires payload format 2.0',
    ],
    [
      'one identity source',
      () => HttpAuthorizer.lambda(handler, { identitySource: 'x' } as never),
      'identitySource: an authorizer of an HTTP API has a list; write identitySources',
    ],
    [
      'a regular expression',
      () => HttpAuthorizer.lambda(handler, { validationRegex: 'x' } as never),
      'validationRegex: authorizers of HTTP APIs have no regular expression',
    ],
    ['no reason', () => HttpAuthorizer.none(' '), 'HttpAuthorizer.none: the reason is empty'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('parameters', () => {
  test.each([
    'Authorization',
    'access-control-allow-origin',
    'apigw-x',
    'Connection',
    'Content-Encoding',
    'Content-Length',
    'Content-Location',
    'Forwarded',
    'Keep-Alive',
    'Origin',
    'Proxy-Authenticate',
    'Proxy-Authorization',
    'TE',
    'Trailers',
    'Transfer-Encoding',
    'Upgrade',
    'X-Amz-Date',
    'x-amzn-trace-id',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'Via',
  ])('the header %s is reserved', (name) => {
    const reserved = `the header "${name}" is reserved: API Gateway rejects a mapping of it.`;
    expect(() => HttpRequestParameter.overwriteHeader(name, RequestValue.requestId())).toThrow(reserved);
    expect(() => HttpRequestParameter.removeHeader(name)).toThrow(reserved);
    expect(() => HttpResponseParameter.appendHeader(name, HttpResponseValue.literal('x'))).toThrow(reserved);
  });

  test.each<[string, () => unknown, string]>([
    [
      'CORS',
      () => HttpResponseParameter.removeHeader('Access-Control-Allow-Origin'),
      'For CORS, set cors of the gateway',
    ],
    ['a header with a space', () => HttpRequestParameter.removeHeader('a b'), '"a b" is not the name of a header'],
    [
      'a query parameter with a space',
      () => HttpRequestParameter.removeQuery('a b'),
      '"a b" is not the name of a query parameter',
    ],
    ['status 99', () => HttpResponseParameter.overwriteStatusCode(99), 'the status code must be 200 to 599, got: 99'],
    ['a header of the response', () => HttpResponseValue.header('a b'), '"a b" is not the name of a header'],
    ['a JSON path', () => HttpResponseValue.bodyField('a..b'), 'the JSON path "a..b" must start with "$"'],
    [
      'a context variable',
      () => HttpResponseValue.context('a-b'),
      'the context variable "a-b" must be names joined by dots',
    ],
    ['a stage variable', () => HttpResponseValue.stageVariable('a-b'), '"a-b" is not the name of a stage variable'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
