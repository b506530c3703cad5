import { Duration, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { HttpAuthorizer, HttpGateway, HttpIntegration, HttpPayloadFormatVersion } from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { bodyOf, gateway } from './support';

const http = HttpIntegration.http('https://example.com/');

/** The scheme of the only authorizer, and what the route requires. */
function schemeOf(authorizer: HttpAuthorizer, scopes?: string[]): Json {
  const { stack } = gateway({ routes: { 'GET /': { integration: http, authorizer, scopes } } });
  const { components, paths } = bodyOf(stack);
  const [[name, scheme]] = Object.entries<Json>(components.securitySchemes);
  return { name, scheme, security: paths['/'].get.security, authorizer: scheme['x-amazon-apigateway-authorizer'] };
}

describe('tokens', () => {
  test('are checked by API Gateway itself, for several audiences and scopes', () => {
    const made = schemeOf(
      HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['b', 'a'], scopes: ['read'] }),
    );
    expect(made).toEqual({
      name: 'jwt-login.example.com',
      scheme: expect.objectContaining({ type: 'oauth2', flows: {} }),
      security: [{ 'jwt-login.example.com': ['read'] }],
      authorizer: {
        type: 'jwt',
        identitySource: '$request.header.Authorization',
        jwtConfiguration: { issuer: 'https://login.example.com/', audience: ['a', 'b'] },
      },
    });
  });

  test('scopes of a route stand in place of those of the authorizer', () => {
    const jwt = HttpAuthorizer.jwt({ issuer: 'https://x.example.com', audience: ['a'], scopes: ['read'] });
    expect(schemeOf(jwt, ['write', 'admin']).security).toEqual([{ 'jwt-x.example.com': ['admin', 'write'] }]);
    expect(schemeOf(jwt, []).security).toEqual([{ 'jwt-x.example.com': [] }]);
  });

  test.each([
    ['auth0', HttpAuthorizer.auth0({ domain: 'x.eu.auth0.com', audience: ['a'] }), 'https://x.eu.auth0.com/'],
    ['okta', HttpAuthorizer.okta({ domain: 'x.okta.com', audience: ['a'] }), 'https://x.okta.com/oauth2/default'],
    [
      'entraId',
      HttpAuthorizer.entraId({ tenantId: '11111111-2222-3333-4444-555555555555', audience: ['a'] }),
      'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
    ],
  ])('of %s have its issuer', (_, authorizer, issuer) => {
    expect(schemeOf(authorizer).authorizer.jwtConfiguration.issuer).toBe(issuer);
  });

  test('may come in a query parameter', () => {
    const jwt = { issuer: 'https://x.example.com', audience: ['a'], identitySource: '$request.querystring.token' };
    expect(schemeOf(HttpAuthorizer.jwt(jwt)).authorizer.identitySource).toBe('$request.querystring.token');
  });

  test('of Cognito are those of the clients of one user pool, also of another stack', () => {
    const app = testApp();
    const users = new Stack(app, 'Users');
    const userPool = new UserPool(users, 'Pool');
    const userPoolClients = [userPool.addClient('Web'), userPool.addClient('Phone')];
    const stack = new Stack(app, 'Stack');
    new HttpGateway(stack, 'Api', {
      defaultAuthorizer: HttpAuthorizer.cognito({ userPools: [userPool], userPoolClients }),
      routes: { 'GET /': { integration: http } },
    });
    const scheme = bodyOf(stack).components.securitySchemes['cognito-Pool']['x-amazon-apigateway-authorizer'];
    expect(JSON.stringify(scheme.jwtConfiguration.issuer)).toContain('https://cognito-idp.');
    expect(scheme.jwtConfiguration.audience).toHaveLength(2);
    expect(Object.keys(templateOf(users).Outputs)).toHaveLength(3);
  });
});

describe('a function', () => {
  const stack = new Stack(testApp(), 'Functions');
  const decide = Function.fromFunctionArn(stack, 'Decide', 'arn:aws:lambda:eu-west-1:111111111111:function:decide');
  const made = (options: Parameters<typeof HttpAuthorizer.lambda>[1]) =>
    schemeOf(HttpAuthorizer.lambda(decide, options)).authorizer;

  test('decides every request anew, with simple answers, where nothing tells callers apart', () => {
    expect(made({})).toMatchObject({
      type: 'request',
      authorizerPayloadFormatVersion: '2.0',
      authorizerResultTtlInSeconds: 0,
      enableSimpleResponses: true,
    });
    expect(made({}).identitySource).toBeUndefined();
  });

  test('decides for five minutes and one route, so that what is allowed there is asked again elsewhere', () => {
    const kept = made({ identitySources: ['$request.header.Authorization'] });
    expect(kept.authorizerResultTtlInSeconds).toBe(300);
    expect(kept.identitySource).toBe('$request.header.Authorization,$context.routeKey');
  });

  test('decides for all routes only where that is written', () => {
    const options = { identitySources: ['$request.header.Authorization'], cacheAcrossRoutes: true };
    expect(made(options).identitySource).toBe('$request.header.Authorization');
    const given = { identitySources: ['$context.routeKey', '$request.header.X'] };
    expect(made(given).identitySource).toBe('$context.routeKey,$request.header.X');
    const anew = { identitySources: ['$request.header.X'], resultsCacheTtl: Duration.seconds(0) };
    expect(made(anew).identitySource).toBe('$request.header.X');
  });

  test('may answer a policy, in either form', () => {
    expect(made({ payloadFormatVersion: HttpPayloadFormatVersion.V1_0 })).toMatchObject({
      authorizerPayloadFormatVersion: '1.0',
      enableSimpleResponses: false,
    });
    expect(made({ simpleResponses: false }).enableSimpleResponses).toBe(false);
  });

  test('is permitted for the authorizers of the API', () => {
    const app = testApp();
    const own = new Stack(app, 'Own');
    new HttpGateway(own, 'Api', {
      defaultAuthorizer: HttpAuthorizer.lambda(fn(own, 'Ask')),
      routes: { 'GET /a': { integration: http }, 'GET /b': { integration: http } },
    });
    const template = templateOf(own);
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(1);
    expect(JSON.stringify(resource(template, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain(
      '/authorizers/*',
    );
  });
});

test('an open route requires nothing, and its reason answers the finding', () => {
  const { stack, api } = gateway({
    routes: {
      'GET /health': { integration: http, authorizer: HttpAuthorizer.none('probe') },
      'GET /x': { integration: http },
    },
  });
  expect(bodyOf(stack).paths['/health'].get.security).toBeUndefined();
  const acknowledged = api.cfnApi.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules');
  expect(JSON.stringify(acknowledged)).toContain('ApiGateway::ALL-AUTH1[GET-/health]');
  expect(JSON.stringify(acknowledged)).toContain('probe');
});

test.each(['$default', 'ANY /{proxy+}'])('an open %s is recorded under the rule on catch-all routes', (key) => {
  const { api } = gateway({
    routes: {
      [key]: { integration: HttpIntegration.http('https://example.com'), authorizer: HttpAuthorizer.none('a site') },
    },
  });
  templateOf(Stack.of(api));
  const recorded = JSON.stringify(api.cfnApi.node.metadata);
  expect(recorded).toContain(`ApiGateway::HTTP-AUTH3[${key.replace(' ', '-')}]`);
  expect(recorded).not.toContain('ALL-AUTH1');
});

test('schemes are sorted by name, and equal ones are one', () => {
  const jwt = (name: string) =>
    HttpAuthorizer.jwt({ issuer: 'https://x.example.com', audience: ['a'], authorizerName: name });
  const { stack } = gateway({
    routes: {
      'GET /a': { integration: http, authorizer: jwt('z') },
      'GET /b': { integration: http, authorizer: jwt('b') },
      'GET /c': { integration: http, authorizer: jwt('b') },
    },
  });
  expect(Object.keys(bodyOf(stack).components.securitySchemes)).toEqual(['b', 'z']);
});
