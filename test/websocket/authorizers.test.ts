import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import {
  GatewayApiKey,
  GatewayApiKeySource,
  RestAuthorizer,
  WebSocketAuthorizer,
  WebSocketIntegration,
  WebSocketTokenSource,
} from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { nagFindings } from '../support/strict';
import { all, connect, gateway, mock, routeIn } from './support';

const issuer = 'https://login.example.com/';
const audience = ['chat'];

/** The settings that the function of the authorizer is told, and the authorizer. */
function told(authorizer: WebSocketAuthorizer): { settings: Json; variables: Json; authorizer: Json } {
  const { api, stack } = gateway({ defaultAuthorizer: authorizer, routes: {} });
  // A function, which can answer the subprotocol that a client offers.
  api.addRoute('$connect', { integration: WebSocketIntegration.lambda(fn(stack, 'Connect')) });
  const template = templateOf(stack);
  const { Variables } = deployed(
    resource(template, 'AWS::Lambda::Function', /AuthorizerFunction/).Properties.Environment,
  );
  return { settings: JSON.parse(Variables.SETTINGS), variables: Variables, authorizer: all(template, 'Authorizer')[0] };
}

test('a token in a subprotocol needs a function that answers the subprotocol', () => {
  const tokenSources = [WebSocketTokenSource.query(), WebSocketTokenSource.subprotocol('auth')];
  const { stack } = gateway({ defaultAuthorizer: WebSocketAuthorizer.jwt({ issuer, audience, tokenSources }) });
  expect(() => templateOf(stack)).toThrow(
    /WebSocketGateway 'Api': route "\$connect": takes the token from what follows the subprotocol "auth", but its integration cannot return the header Sec-WebSocket-Protocol, without which browsers close the connection; put a function behind it \(WebSocketIntegration\.lambda\) that returns it, or use WebSocketTokenSource\.query or \.header/,
  );
});

describe('who may connect', () => {
  test('is asked on $connect, and nowhere else', () => {
    const { stack, api } = gateway();
    api.addRoute('send', { integration: mock });
    const template = templateOf(stack);
    expect(routeIn(template, '$connect').AuthorizationType).toBe('AWS_IAM');
    expect(routeIn(template, 'send').AuthorizationType).toBe('NONE');
  });

  test('by a function', () => {
    const { stack, api } = gateway({ routes: {} });
    const decide = fn(stack, 'Decide');
    const identitySources = ['route.request.header.Origin', 'route.request.querystring.token'];
    api.addRoute('$connect', {
      integration: mock,
      authorizer: WebSocketAuthorizer.lambda(decide, { identitySources }),
    });
    const template = templateOf(stack);
    const [id] = ids(template, 'AWS::ApiGatewayV2::Authorizer');
    expect(all(template, 'Authorizer')[0]).toEqual({
      ApiId: expect.any(String),
      Name: 'lambda-Decide',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: expect.stringMatching(/functions\/Decide\w+\.Arn\/invocations$/),
      IdentitySource: identitySources,
    });
    expect(routeIn(template, '$connect')).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: id });
    expect(deployed(resource(template, 'AWS::Lambda::Permission').Properties.SourceArn)).toMatch(
      new RegExp(`:execute-api:eu-west-1:123456789012:Api\\w+/authorizers/${id}$`),
    );
  });

  test('by a token: header, query parameter or subprotocol', () => {
    const one = told(WebSocketAuthorizer.jwt({ issuer, audience, scopes: ['chat:read'] }));
    expect(one.settings).toMatchObject({ kind: 'websocket', sources: [{ in: 'header', name: 'Authorization' }] });
    expect(one.settings).not.toHaveProperty('header');
    expect(one.variables).toMatchObject({ ISSUER: issuer, AUDIENCE: '["chat"]', SCOPES: '["chat:read"]' });
    expect(one.variables).not.toHaveProperty('ROUTE_SCOPES');
    expect(one.authorizer).toMatchObject({
      Name: 'jwt-login.example.com',
      IdentitySource: ['route.request.header.Authorization'],
    });

    const tokenSources = [
      WebSocketTokenSource.query(),
      WebSocketTokenSource.subprotocol(),
      WebSocketTokenSource.header('X-Token'),
    ];
    const several = told(WebSocketAuthorizer.jwt({ issuer, audience, tokenSources }));
    expect(several.settings.sources).toEqual([
      { in: 'query', name: 'token' },
      { in: 'subprotocol', name: 'bearer' },
      { in: 'header', name: 'X-Token' },
    ]);
    // All identity sources must be there, and one of these places will do.
    expect(several.authorizer).not.toHaveProperty('IdentitySource');

    for (const [source, expected] of [
      [WebSocketTokenSource.query('t'), 'route.request.querystring.t'],
      [WebSocketTokenSource.subprotocol('auth'), 'route.request.header.Sec-WebSocket-Protocol'],
    ] as const) {
      const { authorizer } = told(WebSocketAuthorizer.jwt({ issuer, audience, tokenSources: [source] }));
      expect(authorizer.IdentitySource).toEqual([expected]);
    }
  });

  test('by a token of Auth0, Okta, Entra ID or Cognito', () => {
    const tenantId = '11111111-2222-3333-4444-555555555555';
    const of = (authorizer: WebSocketAuthorizer) => told(authorizer).variables.ISSUER;
    expect(of(WebSocketAuthorizer.auth0({ domain: 'a.eu.auth0.com', audience }))).toBe('https://a.eu.auth0.com/');
    expect(of(WebSocketAuthorizer.okta({ domain: 'a.okta.com', audience }))).toBe('https://a.okta.com/oauth2/default');
    expect(of(WebSocketAuthorizer.entraId({ tenantId, audience }))).toBe(
      `https://login.microsoftonline.com/${tenantId}/v2.0`,
    );
    const app = testApp();
    const stack = new Stack(app, 'Users');
    const userPool = new UserPool(stack, 'Pool');
    const authorizer = WebSocketAuthorizer.cognito({
      userPools: [userPool],
      userPoolClients: [userPool.addClient('Web')],
    });
    const template = templateOf(gateway({ defaultAuthorizer: authorizer }, app).stack);
    const { Variables } = resource(template, 'AWS::Lambda::Function', /AuthorizerFunction/).Properties.Environment;
    expect(JSON.stringify(Variables.ISSUER)).toContain('https://cognito-idp.');
    expect(JSON.parse(Variables.REQUIRED_CLAIMS)).toEqual({ token_use: 'id' });
    expect(all(template, 'Authorizer')[0].Name).toBe('cognito-Pool');
  });

  test('may be everyone, on purpose', () => {
    const { stack, app } = gateway({ defaultAuthorizer: WebSocketAuthorizer.none('public ticker') });
    const metadata = () => JSON.stringify(stack.node.findAll().flatMap(({ node }) => node.metadata));
    expect(routeIn(templateOf(stack), '$connect').AuthorizationType).toBe('NONE');
    expect(metadata()).toContain('"ApiGateway::WS-AUTH4":"public ticker"');
    expect(
      nagFindings(app)
        .filter(({ id }) => id.includes('APIG4'))
        .map(({ path }) => path),
    ).toEqual(['Stack/Api/Route-$connect']);
  });

  test('the rule on routes after $connect is acknowledged on exactly those', () => {
    const { api, app } = gateway();
    api.addRoute('send', { integration: mock });
    expect(nagFindings(app).filter(({ id }) => id.includes('APIG4'))).toEqual([]);
    const routes = api.node.findAll().filter(({ node }) => JSON.stringify(node.metadata).includes('APIG4'));
    expect(routes.map(({ node }) => node.id)).toEqual(['Route-send']);
  });
});

describe('errors', () => {
  const on = (key: string, options: object) => () => gateway({ routes: { [key]: { integration: mock, ...options } } });

  test('$connect needs an authorizer', () => {
    expect(() => gateway({ defaultAuthorizer: undefined })).toThrow(
      `WebSocketGateway 'Api': route "$connect": has no authorizer, and the gateway has no defaultAuthorizer; set one, or WebSocketAuthorizer.none('why it may be open')`,
    );
  });

  test('only $connect takes one', () => {
    expect(on('sendMessage', { authorizer: WebSocketAuthorizer.iam() })).toThrow(
      /route "sendMessage": has an authorizer, but API Gateway authorizes a client once, when it connects: only \$connect can have an authorizer/,
    );
    expect(on('$disconnect', { authorizer: WebSocketAuthorizer.none('x') })).toThrow(/only \$connect/);
  });

  test('the authorizers of other kinds of APIs are not taken', () => {
    expect(on('$connect', { authorizer: new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: audience }) })).toThrow(
      /its authorizer is a HttpJwtAuthorizer, which WebSocket APIs do not accept\. Use WebSocketAuthorizer\.jwt for the tokens of an OpenID Connect issuer, or \.cognito/,
    );
    expect(on('$connect', { authorizer: RestAuthorizer.iam() })).toThrow(
      /its authorizer is a RestAuthorizer, which WebSocket APIs do not accept\. .*Use WebSocketAuthorizer\.jwt/,
    );
  });

  const poolStack = new Stack();
  const twoPools = ['A', 'B'].map((id) => new UserPool(poolStack, id));
  test.each<[string, () => unknown, RegExp]>([
    ['an empty reason', () => WebSocketAuthorizer.none(' '), /^WebSocketAuthorizer.none: the reason is empty/],
    ['no token source', () => WebSocketAuthorizer.jwt({ issuer, audience, tokenSources: [] }), /tokenSources is empty/],
    [
      'no audience',
      () => WebSocketAuthorizer.jwt({ issuer, audience: [] }),
      /^WebSocketAuthorizer.jwt: audience is empty/,
    ],
    ['a wrong issuer', () => WebSocketAuthorizer.jwt({ issuer: 'http://a', audience }), /must begin with https/],
    [
      'a wrong name',
      () => WebSocketAuthorizer.jwt({ issuer, audience, authorizerName: 'a b' }),
      /authorizerName "a b" must be/,
    ],
    [
      'a wrong header',
      () => WebSocketTokenSource.header('a b'),
      /^WebSocketTokenSource.header: "a b" is not the name of a header/,
    ],
    ['a wrong parameter', () => WebSocketTokenSource.query('a&b'), /"a&b" is not the name of a query parameter/],
    ['a wrong subprotocol', () => WebSocketTokenSource.subprotocol('a,b'), /"a,b" is not the name of a subprotocol/],
    [
      'no client',
      () => WebSocketAuthorizer.cognito({ userPools: [new UserPool(new Stack(), 'P')], userPoolClients: [] }),
      /userPoolClients is empty/,
    ],
    [
      'several pools',
      () => WebSocketAuthorizer.cognito({ userPools: twoPools, userPoolClients: [twoPools[0].addClient('Web')] }),
      /^WebSocketAuthorizer.cognito: userPools has 2 user pools, .* give each a separate API, or use WebSocketAuthorizer.lambda/,
    ],
    [
      'a cache',
      () => WebSocketAuthorizer.jwt({ issuer, audience, resultsCacheTtl: 5 } as never),
      /resultsCacheTtl: a WebSocket API authorizes a client once/,
    ],
    [
      'a source of REST',
      () => WebSocketAuthorizer.lambda(fn(new Stack(), 'F'), { identitySources: ['method.request.header.A'] }),
      /must be route\.request\.header\.X, .*; write "route\.request\.header\.A"/,
    ],
  ])('%s', (_name, make, message) => expect(make).toThrow(message));
});

describe('API keys', () => {
  test('are asked for when a client connects, and metered by plans', () => {
    const { stack, api } = gateway({
      routes: { $connect: { ...connect, apiKeyRequired: true } },
      apiKeySource: GatewayApiKeySource.HEADER,
      apiKeys: { acme: GatewayApiKey.generated({ description: 'Acme' }) },
      usagePlans: {
        partner: {
          throttle: { rateLimit: 1, burstLimit: 2 },
          quota: { limit: 9, period: Period.DAY },
          apiKeys: ['acme'],
        },
      },
    });
    const template = templateOf(stack);
    expect(all(template, 'Api')[0].ApiKeySelectionExpression).toBe('$request.header.x-api-key');
    expect(routeIn(template, '$connect').ApiKeyRequired).toBe(true);
    expect(deployed(resource(template, 'AWS::ApiGateway::UsagePlan').Properties)).toMatchObject({
      ApiStages: [
        { ApiId: ids(template, 'AWS::ApiGatewayV2::Api')[0], Stage: ids(template, 'AWS::ApiGatewayV2::Stage')[0] },
      ],
      Throttle: { RateLimit: 1, BurstLimit: 2 },
      Quota: { Limit: 9, Period: 'DAY' },
    });
    expect(ids(template, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(1);
    expect(stack.resolve(api.usagePlan('partner').usagePlanId)).toEqual(stack.resolve(api.cfnUsagePlan('partner').ref));
    expect(api.apiKey('acme')).toBe(api.apiKey('acme'));
  });

  test('may come from the authorizer', () => {
    const { stack, api } = gateway({
      routes: {},
      apiKeySource: GatewayApiKeySource.AUTHORIZER,
      usagePlansElsewhere: 'the portal',
    });
    const authorizer = WebSocketAuthorizer.lambda(fn(stack, 'Decide'));
    api.addRoute('$connect', { integration: mock, authorizer, apiKeyRequired: true });
    expect(all(templateOf(stack), 'Api')[0].ApiKeySelectionExpression).toBe('$context.authorizer.usageIdentifierKey');
  });

  test.each<[string, Parameters<typeof gateway>[0], RegExp]>([
    [
      'a message with a key',
      { routes: { send: { ...connect, apiKeyRequired: true } } },
      /apiKeyRequired: a key is required when a client connects, and messages carry none/,
    ],
    [
      'limits of routes',
      { usagePlans: { a: { routes: { $connect: { throttle: { rateLimit: 1, burstLimit: 1 } } } } } },
      /usage plan "a": routes: plans can limit single routes only on REST APIs/,
    ],
    ['an empty reason', { usagePlansElsewhere: '' }, /usagePlansElsewhere is empty/],
    ['a stage that is not there', { usagePlans: { a: { stages: ['dev'] } } }, /stages has "dev", which is not a stage/],
  ])('errors: %s', (_name, props, message) => expect(() => gateway(props)).toThrow(message));

  test.each<[string, Parameters<typeof gateway>[0], RegExp]>([
    ['no plan', {}, /route "\$connect": requires an API key, but the gateway has no usage plan/],
    [
      'a stage without plan',
      { stages: { dev: {}, prod: {} }, usagePlans: { a: { stages: ['dev'] } } },
      /no usage plan has stage "prod"/,
    ],
    [
      'no function to answer it',
      { usagePlans: { a: {} }, apiKeySource: GatewayApiKeySource.AUTHORIZER },
      /its authorizer is not a Lambda function that could return usageIdentifierKey/,
    ],
  ])('errors at synth: %s', (_name, props, message) => {
    const { stack } = gateway({ routes: { $connect: { ...connect, apiKeyRequired: true } }, ...props });
    expect(() => templateOf(stack)).toThrow(message);
  });
});
