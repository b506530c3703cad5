import { POOL_ARN, poolDocument, POOL_NOW, poolToken } from '../pool-tokens';
import { ACCOUNT, API_ID, functionGuard, type Loose, method, mock, policyOf, REGION, TestGateway } from './support';

const ARN = `arn:aws:execute-api:${REGION}:${ACCOUNT}:${API_ID}/prod`;
const guarded = (more: Loose = {}): Loose =>
  method(mock('$context.authorizer.principalId $context.authorizer.level $context.authorizer.none.'), {
    ...{ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' }, ...more },
  });

let now = 0;
const gatewayOf = (guard: Loose, answer: (event: Loose) => unknown) =>
  new TestGateway({
    ...{ methods: { 'GET /x': guarded(), 'GET /y/{id}': guarded() }, guard: functionGuard(guard), now: () => now },
    functions: { Auth: answer },
  });
const token = (value: string) => [['Authorization', value]] as const;
const allow = (): Loose => policyOf('Allow', { context: { level: 3, ok: true } });

describe('TOKEN', () => {
  test('the function gets the token and the ARN, and its context is one of texts', async () => {
    const gateway = gatewayOf({}, allow);
    expect(await gateway.send('GET', '/x?y=1', token('t'))).toMatchObject({ status: 200, text: 'ann 3 .' });
    expect(gateway.authorizerEvents).toEqual([{ type: 'TOKEN', methodArn: `${ARN}/GET/x`, authorizationToken: 't' }]);
  });

  test('without a token, or with one that does not fit the expression, it is not called', async () => {
    const gateway = gatewayOf({ IdentityValidationExpression: '[a-z]+' }, allow);
    for (const headers of [[], token(''), token('123'), token('abc1')]) {
      const { status, text } = await gateway.send('GET', '/x', headers);
      expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
    }
    expect(gateway.authorizerEvents).toEqual([]);
    expect((await gateway.send('GET', '/x', token('abc'))).status).toBe(200);
  });

  test('its policy is kept for the token, and judged for each request', async () => {
    const gateway = gatewayOf({ AuthorizerResultTtlInSeconds: 10 }, () => policyOf('Allow', {}, `${ARN}/GET/x`));
    const statusFor = async (target: string, value: string) => (await gateway.send('GET', target, token(value))).status;
    expect([await statusFor('/x', 'a'), await statusFor('/x', 'a'), await statusFor('/y/1', 'a')]).toEqual([
      200, 200, 403,
    ]);
    expect(gateway.authorizerEvents).toHaveLength(1);
    await statusFor('/x', 'b');
    expect(gateway.authorizerEvents).toHaveLength(2);
    now += 10_000;
    await statusFor('/x', 'a');
    expect(gateway.authorizerEvents).toHaveLength(3);
  });

  test('with 0 seconds nothing is kept', async () => {
    const gateway = gatewayOf({ AuthorizerResultTtlInSeconds: 0 }, allow);
    await gateway.send('GET', '/x', token('a'));
    await gateway.send('GET', '/x', token('a'));
    expect(gateway.authorizerEvents).toHaveLength(2);
  });
});

describe('REQUEST', () => {
  const sources = { Type: 'REQUEST', IdentitySource: 'method.request.header.Own, method.request.querystring.q' };

  test('the function gets the request', async () => {
    const gateway = gatewayOf(sources, allow);
    expect((await gateway.send('GET', '/y/7?q=1&q=2', [['own', 'o']])).status).toBe(200);
    expect(gateway.authorizerEvents[0]).toMatchObject({
      ...{ type: 'REQUEST', methodArn: `${ARN}/GET/y/7`, resource: '/y/{id}', path: '/y/7', httpMethod: 'GET' },
      ...{ pathParameters: { id: '7' }, multiValueQueryStringParameters: { q: ['1', '2'] }, stageVariables: {} },
      requestContext: { apiId: API_ID, stage: 'prod' },
    });
  });

  test('all identity sources must be there, and are the key of what is kept', async () => {
    const gateway = gatewayOf(sources, allow);
    const statusFor = async (target: string, own?: string) =>
      (await gateway.send('GET', target, own === undefined ? [] : [['Own', own]])).status;
    expect([await statusFor('/x?q=1'), await statusFor('/x', 'o')]).toEqual([401, 401]);
    expect(gateway.authorizerEvents).toEqual([]);
    for (const [target, own] of [
      ['/x?q=1', 'o'],
      ['/x?q=1&r=2', 'o'],
      ['/x?q=2', 'o'],
      ['/x?q=1', 'p'],
    ]) {
      expect(await statusFor(target, own)).toBe(200);
    }
    expect(gateway.authorizerEvents).toHaveLength(3);
  });

  test('if nothing is kept, sources may be missing', async () => {
    const gateway = gatewayOf({ ...sources, AuthorizerResultTtlInSeconds: 0 }, allow);
    expect((await gateway.send('GET', '/x')).status).toBe(200);
  });
});

test.each([
  ['Unauthorized', 401, { message: 'Unauthorized' }],
  ['anything else', 500, { message: null }],
])('a function that fails with %s', async (message, status, json) => {
  const gateway = gatewayOf({}, () => {
    throw new Error(message);
  });
  expect(await gateway.send('GET', '/x', token('t'))).toMatchObject({ status, json });
});

test.each([
  ['text', 'The response of the authorizer is not an object'],
  [{ principalId: 'ann' }, 'The response of the authorizer has no policyDocument with a Statement'],
  [
    policyOf('Allow', { context: { list: [1] } }),
    /^The context of the authorizer has list, which is an object or a list/,
  ],
])('an answer that is none: %j', async (answer, reason) => {
  const { status, steps } = await gatewayOf({}, () => answer).send('GET', '/x', token('t'));
  expect(status).toBe(500);
  expect(steps.find(({ stage }) => stage === 'authorizer')?.note).toMatch(reason);
});

test('the key of the request may be chosen by the function', async () => {
  const gateway = new TestGateway({
    ...{
      api: { ApiKeySourceType: 'AUTHORIZER' },
      guard: functionGuard(),
      methods: { 'GET /x': guarded({ ApiKeyRequired: true }) },
    },
    resources: {
      Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Value: 'chosen-key', Enabled: true } },
      Plan: {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }] },
      },
      Member: {
        Type: 'AWS::ApiGateway::UsagePlanKey',
        Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
      },
    },
    functions: { Auth: ({ authorizationToken }) => policyOf('Allow', { usageIdentifierKey: authorizationToken }) },
  });
  expect((await gateway.send('GET', '/x', token('chosen-key'))).status).toBe(200);
  const header = [...token('other'), ['x-api-key', 'chosen-key']] as const;
  expect((await gateway.send('GET', '/x', header)).status).toBe(403);
});

describe('user pools', () => {
  const scoped = { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['orders/read', 'orders/all'] };
  const gateway = new TestGateway({
    methods: {
      'GET /id': method(mock('$context.authorizer.claims.sub'), {
        ...{ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Guard' } },
      }),
      'GET /scoped': method(mock(), { ...scoped, AuthorizerId: { Ref: 'Guard' } }),
    },
    guard: {
      ...{ Name: 'pool', Type: 'COGNITO_USER_POOLS', ProviderARNs: [`${POOL_ARN}2`, POOL_ARN] },
      IdentitySource: 'method.request.header.Authorization',
    },
    ...{ now: () => POOL_NOW, server: ({ url }) => ({ body: poolDocument(url) }) },
  });
  const statusFor = async (target: string, claims: object) =>
    (await gateway.send('GET', target, token(poolToken(claims)))).status;

  test('an ID token lets in, with or without Bearer', async () => {
    for (const prefix of ['', 'Bearer ']) {
      const { status, text } = await gateway.send('GET', '/id', token(prefix + poolToken()));
      expect([status, text]).toEqual([200, 'ann']);
    }
  });

  test.each([[{ exp: POOL_NOW / 1000 - 1 }], [{ iss: 'https://elsewhere.example.com' }], [{ token_use: 'access' }]])(
    '%j does not',
    async (claims) => {
      expect(await statusFor('/id', claims)).toBe(401);
    },
  );

  test('a changed token does not', async () => {
    const [head, , signature] = poolToken().split('.');
    const other = poolToken({ sub: 'bea' }).split('.')[1];
    expect((await gateway.send('GET', '/id', token([head, other, signature].join('.')))).status).toBe(401);
    expect((await gateway.send('GET', '/id', token('x'))).status).toBe(401);
  });

  test('with scopes an access token has one of them', async () => {
    const access = (scope?: string) => ({ token_use: 'access', ...(scope === undefined ? {} : { scope }) });
    expect(await statusFor('/scoped', access('openid orders/all'))).toBe(200);
    expect(await statusFor('/scoped', access('openid'))).toBe(401);
    expect(await statusFor('/scoped', access())).toBe(401);
    expect(await statusFor('/scoped', {})).toBe(401);
  });
});
