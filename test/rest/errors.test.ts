import { App, Duration, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import {
  JsonSchema,
  RestAuthorizer,
  RestEndpointType,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  type RestRouteOptions,
} from '../../lib';
import { Owner } from '../../lib/authoring/errors';
import { defineAuthorizer } from '../../lib/rest/authorizer-definition';
import { gateway } from '../support/stacks';

const mock = RestIntegration.mock();
const stack = new Stack(new App(), 'Functions');
const imported = UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_abcdefghi');
const handler = Function.fromFunctionArn(stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const elsewhere = Function.fromFunctionAttributes(stack, 'Elsewhere', {
  functionArn: 'arn:aws:lambda:eu-west-1:222222222222:function:x',
});

const route = (options: Partial<RestRouteOptions>, key = 'GET /x'): Partial<RestGatewayProps> => ({
  routes: { [key]: { integration: mock, ...options } },
});
const integration = (of: RestIntegration, key?: string) => route({ integration: of }, key);
const httpTo = (url: string, key = 'GET /x/{id}') => integration(RestIntegration.http(url), key);

/** What is thrown where the gateway is made. */
const AT_ONCE: [string, Partial<RestGatewayProps>, string][] = [
  [
    'no authorizer',
    { defaultAuthorizer: undefined },
    `RestGateway 'Api': route "GET /": has no authorizer, and the gateway has no defaultAuthorizer; set one, or RestAuthorizer.none('why it may be open')`,
  ],
  [
    'scopes without Cognito',
    route({ scopes: ['a'] }),
    `route "GET /x": scopes are checked by Cognito and JWT authorizers only; the route's authorizer has kind "iam"`,
  ],
  [
    'two scopes in one',
    route({ authorizer: RestAuthorizer.cognito({ userPools: [imported] }), scopes: ['a b'] }),
    `route "GET /x": scopes: "a b" has white space, which a scope cannot contain; write separate scopes: "a", "b"`,
  ],
  [
    'two authorizers of one name',
    {
      routes: {
        'GET /a': { integration: mock, authorizer: RestAuthorizer.lambdaToken(handler, { authorizerName: 'a' }) },
        'GET /b': {
          integration: mock,
          authorizer: RestAuthorizer.lambdaToken(handler, {
            authorizerName: 'a',
            resultsCacheTtl: Duration.seconds(0),
          }),
        },
      },
    },
    'two different authorizers are both named "a"; give one of them another authorizerName',
  ],
  [
    'the name of the key scheme',
    route({ authorizer: RestAuthorizer.lambdaToken(handler, { authorizerName: 'api_key' }) }),
    'the authorizer name "api_key" is reserved for API keys',
  ],
  [
    'no stages',
    { stages: {} },
    'stages is empty, so nothing would serve the API; remove it for one stage "prod", or name one',
  ],
  [
    'a stage name',
    { stages: { 'my stage': {} } },
    `RestGateway 'Api': stage "my stage": the name "my stage" must be 1 to 128 of A-Z a-z 0-9 _ -`,
  ],
  [
    'a token as key',
    { stages: { [Lazy.string({ produce: () => 'x' })]: {} } },
    'the key of a stage must be written out, since IDs are derived from it; give the token as stageName instead',
  ],
  ['stages of one name', { stages: { a: {}, b: { stageName: 'a' } } }, 'two stages are both named "a"'],
  [
    'a stage variable',
    { stages: { prod: { variables: { host: 'a b' } } } },
    'stage "prod": variable "host": the value "a b" must be',
  ],
  [
    'a stage throttle',
    { stages: { prod: { throttle: { rateLimit: 0, burstLimit: 1 } } } },
    'stage "prod": throttle.rateLimit must be more than 0',
  ],
  [
    'a route throttle on a stage',
    { stages: { prod: { routes: { 'GET /': { throttle: { rateLimit: 1, burstLimit: 0 } } } } } },
    'stage "prod": routes["GET /"]: throttle.burstLimit must be a whole number',
  ],
  [
    'a stage cache',
    { stages: { prod: { cache: { ttl: Duration.hours(2) } } } },
    'stage "prod": cache.ttl must be 0 to 3600 seconds, got: 7200',
  ],
  [
    'cache on a write',
    route({ cache: {} }, 'POST /x'),
    'route "POST /x": cache is for GET and HEAD routes; a POST request must reach the back end each time (if it changes nothing, set cache: { anyMethod: true })',
  ],
  [
    'a cache key header',
    route({ cache: { headers: ['a b'], perCaller: false } }),
    'route "GET /x": "a b" cannot be the name of a header that a method declares',
  ],
  [
    'a per-caller cache with IAM',
    route({ cache: {} }),
    'cache cannot keep callers apart: no part of a signed request stays the same for one caller. If every caller may see the same response, set cache: { perCaller: false }',
  ],
  [
    'a per-caller cache on an open route',
    route({ authorizer: RestAuthorizer.none('x'), cache: { perCaller: true } }),
    'cache cannot keep callers apart: the route has no authorizer',
  ],
  [
    'a per-caller cache by context',
    route({
      authorizer: RestAuthorizer.lambda(handler, { identitySources: ['context.identity.sourceIp'] }),
      cache: {},
    }),
    'the authorizer has no header or query parameter among its identity sources',
  ],
  [
    'a route cache',
    route({ authorizer: RestAuthorizer.none('x'), cache: { ttl: Duration.days(1) } }),
    'route "GET /x": cache.ttl must be 0 to 3600 seconds, got: 86400',
  ],
  [
    'a query parameter',
    route({ request: { query: { 'a b': true } } }),
    'route "GET /x": "a b" cannot be the name of a query parameter that a method declares; allowed: A-Z a-z 0-9 : . _ $ -. Remove it',
  ],
  [
    'a path of Express',
    { routes: { 'GET /a/:id': { integration: RestIntegration.mock() } } },
    'route "GET /a/:id": ":id" would be taken literally; a path variable has braces: "/{id}"',
  ],
  [
    'a rest of a path of Express',
    { routes: { 'GET /a/:rest*': { integration: RestIntegration.mock() } } },
    '":rest*" would be taken literally; a path variable has braces: "/{rest+}"',
  ],
  [
    'a header',
    route({ request: { headers: { 'a:b': true } } }),
    'route "GET /x": "a:b" cannot be the name of a header that a method declares; allowed: A-Z a-z 0-9 . _ $ -. Remove it',
  ],
  [
    'two models of one name',
    {
      routes: {
        'POST /a': {
          integration: mock,
          request: { body: JsonSchema.fromObject({ type: 'object' }, { modelName: 'A' }) },
        },
        'POST /b': {
          integration: mock,
          request: { body: JsonSchema.fromObject({ type: 'string' }, { modelName: 'A' }) },
        },
      },
    },
    `RestGateway 'Api': route "POST /b": the model "A" is a different schema in RestGateway 'Api': route "POST /a"; give one of the two schemas its own name`,
  ],
  [
    'a mock status',
    integration(RestIntegration.mock({ statusCode: 99 })),
    'route "GET /x": the status code of a mock must be a whole number from 200 to 599, got: 99',
  ],
  [
    'a relative URL',
    httpTo('/orders'),
    'the URL "/orders" must be absolute, e.g. "https://orders.example.com/v1/{id}"',
  ],
  [
    'an unknown variable in a URL',
    httpTo('https://a.b/{idd}'),
    'the URL has "{idd}", which is not a path variable of the route. Did you mean "id"?',
  ],
  ['a variable of no path', httpTo('https://a.b/{id}', 'GET /x'), 'Add it to the path: "GET /x/{id}"'],
  [
    'an HTTP method',
    integration(RestIntegration.http('https://a.b', { method: 'get' })),
    'method "get" is not an HTTP method. Did you mean "GET"?',
  ],
  [
    '45 s on an edge API',
    {
      endpointType: RestEndpointType.EDGE,
      ...integration(RestIntegration.lambda(handler, { timeout: Duration.seconds(45) })),
    },
    'the timeout is 45 s, but an edge-optimized API ends every request after 29 s; use endpointType: RestEndpointType.REGIONAL',
  ],
  [
    '10 ms',
    integration(RestIntegration.lambda(handler, { timeout: Duration.millis(10) })),
    'the timeout must be at least 50 ms, got: 10 ms',
  ],
  [
    '20 min of streaming',
    integration(RestIntegration.lambda(handler, { streamResponse: true, timeout: Duration.minutes(20) })),
    'the timeout is 1200 s, but a streamed response ends after 15 minutes',
  ],
  [
    'an unknown stage',
    integration(RestIntegration.lambdaByStage({ prd: handler, prod: handler })),
    'route "GET /x": lambdaByStage names the stage "prd", which the gateway does not have. Did you mean "prod"?',
  ],
  [
    'a missing stage',
    integration(RestIntegration.lambdaByStage({})),
    'lambdaByStage has no function for the stage "prod"; every stage needs one',
  ],
  [
    'a variable name',
    integration(RestIntegration.lambdaByStage({ prod: handler }, { variableName: 'a-b' })),
    'variableName "a-b" must be A-Z a-z 0-9 and _',
  ],
  [
    'a variable that is taken',
    {
      stages: { prod: { variables: { v: 'x' } } },
      ...integration(RestIntegration.lambdaByStage({ prod: handler }, { variableName: 'v' })),
    },
    'the stage variable "v" of stage "prod" has another value already; set another variableName of lambdaByStage',
  ],
  [
    'an unknown gateway response',
    { gatewayResponses: { THROTLED: {} } },
    'gatewayResponses has "THROTLED", which is not a gateway response type. Did you mean "THROTTLED"?',
  ],
  [
    'a gateway response status',
    { gatewayResponses: { THROTTLED: { statusCode: 4290 } } },
    'gatewayResponses.THROTTLED.statusCode must be a whole number from 200 to 599, got: 4290',
  ],
  [
    'a status for all errors',
    { gatewayResponses: { DEFAULT_4XX: { statusCode: 400 } } },
    'gatewayResponses.DEFAULT_4XX does not accept statusCode: it would replace the code of every error of that class',
  ],
  [
    'a documentation version',
    { documentationVersion: '' },
    `RestGateway 'Api': documentationVersion must be 1 to 64 characters, got: ""`,
  ],
  [
    'a media type',
    { binaryMediaTypes: ['png'] },
    'binaryMediaTypes has "png", which is not a media type; write type and subtype, e.g. "image/png"',
  ],
  [
    'compression',
    { minimumCompressionSize: Size.mebibytes(11) },
    'minimumCompressionSize must be 0 to 10485760 bytes (10 MiB), got: 11534336',
  ],
  [
    'an edge policy',
    { securityPolicy: SecurityPolicy.TLS12_PFS_2025_EDGE },
    'securityPolicy SecurityPolicy_TLS12_PFS_2025_EDGE is for edge-optimized APIs, but this one is Regional',
  ],
  [
    'a Regional policy',
    { securityPolicy: SecurityPolicy.TLS13_1_3_2025_09, endpointType: RestEndpointType.EDGE },
    'is for Regional and private APIs, but this one is edge-optimized',
  ],
  [
    'an access mode',
    { securityPolicy: SecurityPolicy.TLS_1_2, endpointAccessMode: EndpointAccessMode.STRICT },
    'endpointAccessMode requires a securityPolicy that starts with "SecurityPolicy_", got: TLS_1_2',
  ],
  [
    'credentials for all',
    { cors: { allowOrigins: ['*'], allowCredentials: true } },
    `RestGateway 'Api': cors: allowCredentials cannot go with the origin "*"`,
  ],
];

/** What is thrown when the app is synthesized, since routes may still be added until then. */
const AT_SYNTH: [string, Partial<RestGatewayProps>, string][] = [
  [
    'no route',
    { routes: {} },
    `RestGateway 'Api': has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute`,
  ],
  [
    'an unknown route of a stage',
    { stages: { prod: { routes: { 'GET /x': {} } } } },
    'stage "prod": routes has "GET /x", which is not a route of the gateway. Did you mean "GET /"?',
  ],
  [
    'a stage cache for a route without',
    { stages: { prod: { cache: {}, routes: { 'GET /': { cache: true } } } } },
    'routes["GET /"].cache is on, but the route has no cache; give it cache: {}',
  ],
  [
    'a cached route on a stage without',
    {
      ...route({ cache: { perCaller: false } }),
      stages: { prod: { routes: { 'GET /x': { cache: true } } }, dev: { cache: {} } },
    },
    'stage "prod": routes["GET /x"].cache is on, but the stage has none',
  ],
  [
    'no stage with a cache',
    route({ cache: { perCaller: false } }),
    'route "GET /x": has a cache, but no stage has one; turn it on: stages: { prod: { cache: {} } }',
  ],
  [
    'a cached stream',
    {
      ...route({ integration: RestIntegration.lambda(handler, { streamResponse: true }), cache: { perCaller: false } }),
      stages: { prod: { cache: {} } },
    },
    'route "GET /x": streams its response, which cannot be cached',
  ],
  [
    'an undefined stage variable',
    { ...httpTo('https://${stageVariables.hots}/x'), stages: { prod: { variables: { host: 'a.b' } } } },
    'stage "prod": has no variable "hots", which route "GET /x/{id}" reads. Did you mean "host"?',
  ],
  [
    '101 variables',
    {
      stages: { prod: { variables: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`v${i}`, 'x'])) } },
      ...integration(RestIntegration.lambdaByStage({ prod: handler })),
    },
    'has 101 variables, including those of lambdaByStage; a stage can have 100',
  ],
  [
    'a document that is too large',
    { routes: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`GET /r${i}`, { integration: mock }])) },
    'set definitionAsAsset: true, which adds a function that stores the document for API Gateway',
  ],
];

describe('RestGateway says what is wrong', () => {
  test.each(AT_ONCE)('%s', (_, props, message) => {
    expect(() => gateway(props)).toThrow(message);
  });

  test.each(AT_SYNTH)('%s, at synth', (_, props, message) => {
    const made = gateway(props);
    expect(() => made.app.synth()).toThrow(message);
  });

  test('a function of another account in lambdaByStage', () => {
    const own = new Stack(new App(), 'Own', { env: { account: '111111111111', region: 'eu-west-1' } });
    const make = () =>
      new RestGateway(own, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        routes: { 'GET /x': { integration: RestIntegration.lambdaByStage({ prod: elsewhere }) } },
      });
    expect(make).toThrow(
      'the function of stage "prod" is in account 222222222222; a stage variable can only refer to functions in the API\'s account (111111111111)',
    );
  });

  test('a second route of the same key, by addRoute', () => {
    const { api } = gateway();
    expect(() => api.addRoute('GET /', { integration: mock })).toThrow('route "GET /": is defined twice');
  });

  test('a stage that is not there', () => {
    const { api } = gateway({ stages: { dev: {}, prod: {} } });
    expect(() => api.cfnStage('prd')).toThrow(`RestGateway 'Api': has no stage "prd". Did you mean "prod"?`);
    expect(() => api.url).toThrow("url is of the only stage, and there are 2; use urlForStage('dev')");
  });
});

describe('RestAuthorizer says what is wrong', () => {
  const pool = new UserPool(stack, 'Pool');
  test.each<[() => RestAuthorizer, string]>([
    [
      () => RestAuthorizer.none(' '),
      'RestAuthorizer.none: the reason is empty; write why the route may be open, e.g. "load balancer probe"',
    ],
    [
      () => RestAuthorizer.cognito({ userPools: [] }),
      'RestAuthorizer.cognito: userPools is empty; name at least one user pool',
    ],
    [
      () => RestAuthorizer.cognito({ userPools: [pool], resultsCacheTtl: Duration.hours(2) }),
      'resultsCacheTtl must be 0 to 3600 seconds, got: 7200',
    ],
    [
      () => RestAuthorizer.cognito({ userPools: [pool], identitySource: 'Authorization' }),
      'identitySource "Authorization" must be one header: "method.request.header.Authorization"',
    ],
    [
      () => RestAuthorizer.lambdaToken(handler, { authorizerName: 'a b' }),
      'authorizerName "a b" must be 1 to 128 of A-Z a-z 0-9 . _ -',
    ],
    [
      () => RestAuthorizer.lambda(handler, { resultsCacheTtl: Duration.minutes(5) }),
      'identitySources is empty while decisions are cached, so one caller would get the decision for another',
    ],
    [
      () => RestAuthorizer.lambda(handler, { identitySources: Token.asList({ Ref: 'Sources' }) }),
      'the identity source a token for a whole list must be method.request.header.X, ',
    ],
    [
      () => RestAuthorizer.lambda(handler, { identitySources: ['Authorization'] }),
      'the identity source "Authorization" must be method.request.header.X, method.request.querystring.x, stageVariables.x or context.x',
    ],
  ])('%#', (make, message) => {
    expect(make).toThrow(message);
  });

  test('without identity sources a Lambda authorizer is asked for every request, as in HTTP APIs', () => {
    const ttlOf = (authorizer: RestAuthorizer) => definitionOf(authorizer).ttlSeconds;
    expect(ttlOf(RestAuthorizer.lambda(handler))).toBe(0);
    expect(ttlOf(RestAuthorizer.lambda(handler, { resultsCacheTtl: Duration.seconds(0) }))).toBe(0);
    expect(ttlOf(RestAuthorizer.lambda(handler, { identitySources: ['context.identity.sourceIp'] }))).toBe(300);
  });

  test('lambdaRequest is what lambda was called before', () => {
    const identitySources = ['context.identity.sourceIp'];
    expect(definitionOf(RestAuthorizer.lambdaRequest(handler, { identitySources }))).toEqual(
      definitionOf(RestAuthorizer.lambda(handler, { identitySources })),
    );
  });
});

function definitionOf(authorizer: RestAuthorizer) {
  return defineAuthorizer(authorizer.bind({ stack: new Stack(), routeKey: 'GET /' }), new Owner('authorizer'));
}
