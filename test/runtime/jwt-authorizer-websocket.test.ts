import { type JwtConfig, type TokenSource } from '../../runtime/handlers/jwt-authorizer/config';
import { type AuthorizerRequest } from '../../runtime/handlers/jwt-authorizer/policy';
import {
  bundle,
  type Claims,
  configOf,
  fakeIssuer,
  type FakeIssuer,
  hmac,
  logOf,
  request as restRequest,
  rsaKey,
  signed,
  STAGE,
  unsigned,
} from './jwt-support';

const { configFromEnvironment, createAuthorizer } = bundle;

const NOW = new Date('2026-01-01T12:00:00Z');
const seconds = NOW.getTime() / 1000;
const rsa = rsaKey('rsa-1');
const stranger = rsaKey('rsa-1');
const CONNECT = `${STAGE}/$connect`;
const HEADER: TokenSource = { in: 'header', name: 'authorization' };
const QUERY: TokenSource = { in: 'query', name: 'token' };
const SUBPROTOCOL: TokenSource = { in: 'subprotocol', name: 'orders.v1' };

let issuer: FakeIssuer;
beforeAll(async () => {
  issuer = await fakeIssuer('/tenant/', [rsa]);
});
afterAll(() => issuer.server.close());
beforeEach(() => issuer.reset());

const claims = (more: Claims = {}): Claims => ({
  iss: issuer.issuer,
  aud: 'https://api.example.com',
  sub: 'user-1',
  exp: seconds + 600,
  scope: 'chat:write profile',
  ...more,
});
const good = (more: Claims = {}) => signed(rsa, claims(more));

function start(sources: readonly TokenSource[] = [HEADER, QUERY, SUBPROTOCOL], more: Partial<JwtConfig> = {}) {
  const { entries, log } = logOf();
  const config = configOf(issuer.issuer, { header: '', sources, ...more });
  const authorize = createAuthorizer(config, { allowHttp: true, now: () => NOW, log, retryAfterMillis: 0 });
  return { authorize, entries };
}

type Multi = Record<string, string[]>;
const last = (all: Multi) => Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1)]));

/** The event of a handshake as the developer guide prints it. */
function connect({ headers = {}, query = {} }: { headers?: Multi; query?: Multi } = {}): AuthorizerRequest {
  const all: Multi = { Connection: ['upgrade'], Upgrade: ['websocket'], 'Sec-WebSocket-Version': ['13'], ...headers };
  const event = {
    type: 'REQUEST',
    methodArn: CONNECT,
    headers: last(all),
    multiValueHeaders: all,
    queryStringParameters: last(query),
    multiValueQueryStringParameters: query,
    stageVariables: {},
    requestContext: {
      routeKey: '$connect',
      eventType: 'CONNECT',
      extendedRequestId: 'request-1',
      messageDirection: 'IN',
      stage: 'prod',
      connectedAt: NOW.getTime(),
      requestTimeEpoch: NOW.getTime(),
      requestId: 'request-1',
      domainName: 'a1b2c3.execute-api.eu-west-1.amazonaws.com',
      connectionId: 'Zx0=',
      apiId: 'a1b2c3',
    },
  };
  return event;
}

const bearer = (token: string) => connect({ headers: { Authorization: [`Bearer ${token}`] } });
const inQuery = (...tokens: string[]) => connect({ query: { token: tokens } });
const inSubprotocols = (...lists: string[]) => connect({ headers: { 'Sec-WebSocket-Protocol': lists } });
const effectOf = (response: Awaited<ReturnType<ReturnType<typeof start>['authorize']>>) =>
  response.policyDocument.Statement[0].Effect;

describe('a good token', () => {
  test('opens this one connection, and its claims are strings for $context.authorizer', async () => {
    const { authorize, entries } = start();
    const token = good({ email_verified: true, roles: ['x'], principalId: 'root', usageIdentifierKey: 'key' });
    expect(await authorize(bearer(token))).toEqual({
      principalId: 'user-1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: [CONNECT] }],
      },
      context: {
        sub: 'user-1',
        scope: 'chat:write profile',
        iss: issuer.issuer,
        aud: 'https://api.example.com',
        exp: String(seconds + 600),
        email_verified: 'true',
        roles: '[x]',
      },
    });
    expect(entries).toEqual([]);
  });

  test.each<[string, (token: string) => AuthorizerRequest]>([
    ['the header', bearer],
    ['the query', (token) => inQuery(token)],
    [
      'the query, where API Gateway sends it once only',
      (token) => ({ ...inQuery(token), multiValueQueryStringParameters: null }),
    ],
    ['the subprotocols', (token) => inSubprotocols(`orders.v1, ${token}`)],
    ['the subprotocols, without a blank, among others', (token) => inSubprotocols(`mqtt,orders.v1,${token},chat`)],
    ['the subprotocols, in several headers', (token) => inSubprotocols('mqtt', 'orders.v1', token)],
    [
      'the subprotocols, in a header of another case',
      (token) => ({
        ...connect(),
        multiValueHeaders: null,
        headers: { 'sec-websocket-protocol': `orders.v1, ${token}` },
      }),
    ],
  ])('may come in %s', async (_, event) => {
    expect(effectOf(await start().authorize(event(good())))).toBe('Allow');
  });

  test('is looked for in the order of the sources, and the first that has something decides', async () => {
    const both = (inHeader: string, elsewhere: string) =>
      connect({ headers: { Authorization: [`Bearer ${inHeader}`] }, query: { token: [elsewhere] } });
    const first = await start([HEADER, QUERY]).authorize(both(good({ sub: 'header' }), good({ sub: 'query' })));
    expect(first.principalId).toBe('header');
    const second = await start([QUERY, HEADER]).authorize(both(good({ sub: 'header' }), good({ sub: 'query' })));
    expect(second.principalId).toBe('query');
    await expect(start([HEADER, QUERY]).authorize(both(unsigned(claims()), good()))).rejects.toThrow(/^Unauthorized$/);
    const blank = connect({
      headers: { Authorization: [' '], 'Sec-WebSocket-Protocol': ['orders.v1'] },
      query: { token: [good()] },
    });
    expect(effectOf(await start([HEADER, SUBPROTOCOL, QUERY]).authorize(blank))).toBe('Allow');
  });

  test('is not looked for anywhere else', async () => {
    for (const event of [inQuery(good()), inSubprotocols(`orders.v1, ${good()}`)]) {
      const { authorize, entries } = start([HEADER]);
      await expect(authorize(event)).rejects.toThrow(/^Unauthorized$/);
      expect(entries[0].reason).toBe('there is no token in header authorization');
    }
  });
});

describe('a token that is wrong is answered 401', () => {
  const pem = () => rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;

  test.each<[string, () => string, string]>([
    ['expired', () => good({ exp: seconds - 31 }), 'exp: the token has expired'],
    ['for another audience', () => good({ aud: 'https://other.example.com' }), 'aud is another audience'],
    ['of another issuer', () => good({ iss: 'https://evil.example.com/' }), 'iss is another issuer'],
    ['signed by a stranger', () => signed(stranger, claims()), 'the signature is not from the issuer'],
    ['alg none', () => unsigned(claims()), 'alg is not allowed'],
    ['HS256 with the public key as its secret', () => hmac(pem(), claims(), { kid: rsa.kid }), 'alg is not allowed'],
  ])('%s, wherever it comes from', async (_, token, reason) => {
    for (const event of [bearer(token()), inQuery(token()), inSubprotocols(`orders.v1, ${token()}`)]) {
      const { authorize, entries } = start();
      await expect(authorize(event)).rejects.toThrow(/^Unauthorized$/);
      expect(entries).toEqual([
        expect.objectContaining({
          event: 'rejected',
          reason,
          requestId: 'request-1',
          route: '$connect',
          connectionId: 'Zx0=',
        }),
      ]);
      expect(JSON.stringify(entries)).not.toContain(token().split('.')[1]);
    }
  });

  const NOWHERE = 'there is no token in header authorization, query token, subprotocol orders.v1';
  test.each<[string, AuthorizerRequest, string]>([
    ['none at all', connect(), NOWHERE],
    ['null for everything', { methodArn: CONNECT, headers: null, multiValueHeaders: null }, NOWHERE],
    [
      'the header without Bearer',
      connect({ headers: { Authorization: ['a.b.c'] } }),
      'the header is not "Bearer <JWT>"',
    ],
    [
      'the header twice',
      connect({ headers: { Authorization: ['Bearer a.b.c', 'Bearer d.e.f'] } }),
      'the header with the token appears twice',
    ],
    ['the query with Bearer', inQuery('Bearer a.b.c'), 'the query parameter is not a JWT'],
    ['the query twice', inQuery('a.b.c', 'd.e.f'), 'the query parameter with the token appears twice'],
    ['a huge query', inQuery(`a.${'b'.repeat(20_000)}.c`), 'the token is longer than 10240 characters'],
    ['another subprotocol before it', inSubprotocols('mqtt, a.b.c'), NOWHERE],
    ['the subprotocol in another case', inSubprotocols('Orders.V1, a.b.c'), NOWHERE],
    ['the token before the subprotocol', inSubprotocols('a.b.c, orders.v1'), NOWHERE],
    [
      'the subprotocol with no JWT',
      inSubprotocols('orders.v1, mqtt'),
      'what follows the subprotocol orders.v1 is not a JWT',
    ],
    ['the subprotocol twice', inSubprotocols('orders.v1, a.b.c, orders.v1'), 'the subprotocol orders.v1 appears twice'],
  ])('%s', async (_, event, reason) => {
    const { authorize, entries } = start();
    await expect(authorize(event)).rejects.toThrow(/^Unauthorized$/);
    expect(entries.map((entry) => entry.reason)).toEqual([reason]);
    expect(issuer.server.seen).toEqual([]);
  });
});

test('a token without the scopes is answered 403', async () => {
  const { authorize, entries } = start(undefined, { scopes: ['chat:admin'] });
  const response = await authorize(bearer(good()));
  expect(response.policyDocument.Statement).toEqual([
    { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: [CONNECT] },
  ]);
  expect(entries).toEqual([expect.objectContaining({ event: 'denied', route: '$connect', connectionId: 'Zx0=' })]);
  expect(effectOf(await authorize(bearer(good({ scp: ['chat:admin'] }))))).toBe('Allow');
});

describe('what cannot be judged is answered 500', () => {
  test('an issuer that is down', async () => {
    issuer.answer = () => ({ status: 503 });
    const { authorize, entries } = start();
    await expect(authorize(bearer(good()))).rejects.toThrow(/^cannot get the configuration$/);
    expect(entries).toEqual([
      expect.objectContaining({
        event: 'failed',
        route: '$connect',
        reason: expect.stringMatching(/^cannot get the configuration: .* returned 503$/),
      }),
    ]);
  });

  test.each([
    `${STAGE}/GET/orders`,
    `${STAGE}/*`,
    `${STAGE}/$default`,
    `${STAGE}/$connect/more`,
    'arn:aws:execute-api:eu-west-1:1:a/*/$connect',
  ])('a request for %s', async (methodArn) => {
    const given = restRequest(good());
    await expect(start().authorize({ ...given, methodArn })).rejects.toThrow(
      `this authorizer is for the $connect route of a WebSocket API, not for ${methodArn}`,
    );
  });
});

describe('settings', () => {
  const environment = (settings: object, more: Record<string, string> = {}) => ({
    ISSUER: 'https://issuer.example.com/',
    AUDIENCE: '["https://api.example.com"]',
    SCOPES: '[]',
    REQUIRED_CLAIMS: '{}',
    SETTINGS: JSON.stringify({ clockTolerance: 30, algorithms: ['RS256'], ...settings }),
    ...more,
  });
  const websocket = (...sources: unknown[]) => environment({ kind: 'websocket', sources });

  test('name the sources, headers in any case', () => {
    const { sources } = configFromEnvironment(
      websocket(
        { in: 'header', name: 'Authorization' },
        { in: 'query', name: 'Token' },
        { in: 'subprotocol', name: 'V1' },
      ),
    );
    expect(sources).toEqual([HEADER, { in: 'query', name: 'Token' }, { in: 'subprotocol', name: 'V1' }]);
    expect(configFromEnvironment(environment({ header: 'X-Token' }))).not.toHaveProperty('sources');
  });

  test.each<[string, Record<string, string>, string]>([
    ['no source', websocket(), 'SETTINGS.sources must be a list with at least one source'],
    [
      'another place',
      websocket({ in: 'cookie', name: 'a' }),
      'a token source must be a header, query or subprotocol, not: cookie',
    ],
    ['no name', websocket({ in: 'query', name: '' }), 'a token source has no usable name: ""'],
    [
      'a list for a subprotocol',
      websocket({ in: 'subprotocol', name: 'a, b' }),
      'a token source has no usable name: "a, b"',
    ],
    [
      'another kind',
      environment({ kind: 'http', sources: [QUERY] }),
      'SETTINGS.kind must be "websocket" if there are sources, got: http',
    ],
    [
      'sources without a kind',
      environment({ sources: [QUERY] }),
      'SETTINGS.kind must be "websocket" if there are sources, got: undefined',
    ],
    [
      'a header besides',
      environment({ kind: 'websocket', sources: [QUERY], header: 'X' }),
      'SETTINGS has header and sources, but a WebSocket API uses only sources',
    ],
    [
      'scopes of routes',
      environment({ kind: 'websocket', sources: [QUERY] }, { ROUTE_SCOPES: '[]' }),
      'a WebSocket API is authorized on $connect only: ROUTE_SCOPES must not be set',
    ],
    ['neither', environment({}), 'SETTINGS has no header or clockTolerance'],
  ])('with %s stop the function', (_, env, message) => {
    expect(() => configFromEnvironment(env)).toThrow(message);
  });
});
