import { type JwtConfig } from '../../runtime/handlers/jwt-authorizer/config';
import { type AuthorizerEnvironment } from '../../runtime/handlers/jwt-authorizer/handler';
import { type FakeAnswer } from '../support/fake-http';
import {
  bundle,
  type Claims,
  configOf,
  ecKey,
  edKey,
  fakeIssuer,
  type FakeIssuer,
  jwk,
  logOf,
  request,
  rsaKey,
  signed,
  STAGE,
  unsigned,
} from './jwt-support';

const { configFromEnvironment, createAuthorizer, handler } = bundle;

const DISCOVERY = '/.well-known/openid-configuration';
const NOW = new Date('2026-01-01T12:00:00Z');
const seconds = NOW.getTime() / 1000;
const rsa = rsaKey('rsa-1');
const ec = ecKey('ec-1');
const ed = edKey('ed-1');
const stranger = rsaKey('rsa-1');

let issuer: FakeIssuer;
beforeAll(async () => {
  issuer = await fakeIssuer('/tenant/', [rsa, ec, ed]);
});
afterAll(() => issuer.server.close());
beforeEach(() => issuer.reset());

const claims = (more: Claims = {}): Claims => ({
  iss: issuer.issuer,
  aud: 'https://api.example.com',
  sub: 'user-1',
  exp: seconds + 600,
  iat: seconds - 10,
  scope: 'orders:read profile',
  ...more,
});

function start(more: Partial<JwtConfig> = {}, env: Partial<AuthorizerEnvironment> = {}) {
  const { entries, log } = logOf();
  const authorize = createAuthorizer(configOf(issuer.issuer, more), {
    allowHttp: true,
    now: () => NOW,
    log,
    retryAfterMillis: 0,
    ...env,
  });
  return { authorize, entries };
}

const effectOf = (response: Awaited<ReturnType<ReturnType<typeof start>['authorize']>>) =>
  response.policyDocument.Statement[0].Effect;

describe('the issuer', () => {
  test('is asked once for many requests', async () => {
    const { authorize } = start();
    for (let i = 0; i < 5; i++) await authorize(request(signed(i % 2 ? rsa : ec, claims({ sub: `user-${i}` }))));
    expect(issuer.fetched(DISCOVERY)).toBe(1);
    expect(issuer.fetched('/keys')).toBe(1);
  });

  test('forged key ids make it be asked once in the cooldown, and foreign tokens never', async () => {
    const { authorize } = start();
    await expect(
      authorize(request(signed(rsa, claims({ iss: 'https://evil.example.com' }), { kid: 'x' }))),
    ).rejects.toThrow();
    await expect(authorize(request(unsigned(claims())))).rejects.toThrow();
    expect(issuer.server.seen).toEqual([]);
    for (let i = 0; i < 20; i++)
      await expect(authorize(request(signed(stranger, claims(), { kid: `forged-${i}` })))).rejects.toThrow(
        /^Unauthorized$/,
      );
    expect(issuer.fetched('/keys')).toBe(1);
  });

  test('a slash at its end, or none, is part of its name', async () => {
    const bare = await fakeIssuer('/bare', [rsa]);
    try {
      const { log } = logOf();
      const authorize = createAuthorizer(configOf(bare.issuer), { allowHttp: true, now: () => NOW, log });
      expect(effectOf(await authorize(request(signed(rsa, claims({ iss: bare.issuer })))))).toBe('Allow');
      await expect(authorize(request(signed(rsa, claims({ iss: `${bare.issuer}/` }))))).rejects.toThrow(
        /^Unauthorized$/,
      );
      expect(bare.server.seen[0].path).toBe('/bare/.well-known/openid-configuration');
    } finally {
      await bare.server.close();
    }
  });

  const json = (value: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify(value) });
  test.each<[string, (path: string) => FakeAnswer | undefined, string]>([
    ['answers 500', () => ({ status: 500 }), 'returned 500'],
    ['cuts the connection', () => 'reset', 'cannot get the configuration'],
    ['redirects', () => ({ status: 302, headers: { location: 'https://evil.example.com' } }), 'returned 302'],
    ['answers no JSON', () => ({ status: 200, body: '<html>' }), 'cannot get the configuration'],
    ['answers null', () => json(null), 'belongs to the issuer "undefined"'],
    [
      'is another one',
      () => json({ issuer: 'https://evil.example.com', jwks_uri: 'https://evil.example.com/keys' }),
      'belongs to the issuer "https://evil.example.com"',
    ],
    ['has no keys', () => json({ issuer: issuer.issuer }), 'has no jwks_uri with https://'],
    [
      'has keys in a file',
      () => json({ issuer: issuer.issuer, jwks_uri: 'file:///etc/passwd' }),
      'has no jwks_uri with https://',
    ],
    ['cannot give its keys', (path) => (path === '/keys' ? { status: 500 } : undefined), 'cannot get the keys'],
    ['cuts the connection for its keys', (path) => (path === '/keys' ? 'reset' : undefined), 'cannot get the keys'],
    [
      'has keys that are none',
      (path) => (path === '/keys' ? json({ keys: 'none' }) : undefined),
      'cannot get the keys',
    ],
    ['has a broken key', (path) => (path === '/keys' ? json({ keys: [{ ...jwk(rsa), n: 'AA' }] }) : undefined), ''],
  ])('that %s fails the request, and lets nobody in', async (_, answer, reason) => {
    issuer.answer = answer;
    const { authorize, entries } = start();
    const failed = await authorize(request(signed(rsa, claims()))).then(
      () => 'allowed',
      (error: Error) => error.message,
    );
    expect(failed).not.toBe('allowed');
    expect(failed).not.toBe('Unauthorized');
    expect(entries).toEqual([expect.objectContaining({ event: 'failed', reason: expect.stringContaining(reason) })]);
  });

  test.each(['/keys', DISCOVERY])('that is slow at %s fails the request in time', async (slow) => {
    const original = globalThis.fetch;
    const hanging = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation((url, init) =>
        String(url).endsWith(slow)
          ? new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
          : original(url, init),
      );
    const { authorize, entries } = start({}, { timeoutMillis: 50 });
    await expect(authorize(request(signed(rsa, claims())))).rejects.toThrow(/cannot get/);
    expect(entries[0]).toMatchObject({ event: 'failed' });
    hanging.mockRestore();
  });

  test('must be reached over https where nothing says otherwise', async () => {
    const { authorize, entries } = start({}, { allowHttp: false });
    await expect(authorize(request(signed(rsa, claims())))).rejects.toThrow(/^cannot get the configuration$/);
    expect(entries).toEqual([
      expect.objectContaining({ event: 'failed', reason: expect.stringContaining('has no jwks_uri with https://') }),
    ]);
  });
});

describe('the environment', () => {
  const good = {
    ISSUER: 'https://login.example.com/',
    AUDIENCE: '["a"]',
    SCOPES: '[]',
    REQUIRED_CLAIMS: '{"token_use":"access"}',
    SETTINGS: '{"header":"Authorization","clockTolerance":30,"algorithms":["RS256"]}',
    ROUTE_SCOPES: '[[["s"],["GET /","GET /a"]],[[],["GET /b"]]]',
  };

  test('is read in full', () => {
    expect(configFromEnvironment(good)).toEqual({
      issuer: 'https://login.example.com/',
      audience: ['a'],
      scopes: [],
      header: 'authorization',
      clockToleranceSeconds: 30,
      algorithms: ['RS256'],
      requiredClaims: { token_use: 'access' },
      routeScopes: new Map([
        ['GET /', ['s']],
        ['GET /a', ['s']],
        ['GET /b', []],
      ]),
    });
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no issuer', { ISSUER: undefined }, 'the environment variable ISSUER is missing'],
    ['an issuer without TLS', { ISSUER: 'http://login.example.com/' }, 'the issuer must be an https:// URL'],
    ['no audience', { AUDIENCE: '[]' }, 'must not be empty'],
    ['no algorithms', { SETTINGS: '{"header":"a","clockTolerance":30,"algorithms":[]}' }, 'must not be empty'],
    ['no tolerance', { SETTINGS: '{"header":"a","algorithms":["RS256"]}' }, 'no header or clockTolerance'],
    ['scopes of routes that are none', { ROUTE_SCOPES: '{}' }, 'ROUTE_SCOPES must be a list'],
    ['scopes of routes that are half', { ROUTE_SCOPES: '[["a"]]' }, 'ROUTE_SCOPES must be a list of strings'],
  ])('with %s lets nobody in', async (_, part, message) => {
    expect(() => configFromEnvironment({ ...good, ...part })).toThrow(message);
  });

  test('that is missing fails the deployed function', async () => {
    await expect(handler(request('a.b.c'))).rejects.toThrow('the environment variable SETTINGS is missing');
  });
});

describe('scopes', () => {
  test.each<[string, Claims, 'Allow' | 'Deny']>([
    ['in scope', { scope: 'a orders:read' }, 'Allow'],
    ['in scp, a list', { scope: undefined, scp: ['a', 'orders:read'] }, 'Allow'],
    ['in scp, words', { scope: undefined, scp: 'a orders:read' }, 'Allow'],
    ['one of them is enough', { scope: 'orders:admin' }, 'Allow'],
    ['none', { scope: undefined }, 'Deny'],
    ['another one', { scope: 'orders:readonly xorders:read' }, 'Deny'],
    ['in a list where words are due', { scope: { 'orders:read': true } }, 'Deny'],
  ])('%s', async (_, more, effect) => {
    const { authorize, entries } = start({ scopes: ['orders:read', 'orders:admin'] });
    expect(effectOf(await authorize(request(signed(rsa, claims(more)))))).toBe(effect);
    expect(entries.map(({ event }) => event)).toEqual(effect === 'Allow' ? [] : ['denied']);
  });

  test('of a request that does not contain its route are not known, and that is no permission', async () => {
    const { authorize } = start({ routeScopes: new Map([['GET /', ['a']]]) });
    await expect(authorize({ ...request(signed(rsa, claims())), requestContext: {} })).rejects.toThrow(
      'does not contain its route',
    );
  });

  test('a policy names the one route, variables as wildcards, within what API Gateway takes', async () => {
    const { authorize } = start({ routeScopes: new Map([['GET /orders/{id}', []]]) });
    const resources = async (route: string) =>
      (await authorize(request(signed(rsa, claims()), route))).policyDocument.Statement[0].Resource;
    expect(await resources('GET /orders/{id}')).toEqual([`${STAGE}/GET/orders/*`]);
    expect(await resources('GET /orders/{id}/items')).toEqual([
      `${STAGE}/GET/orders/*/items`,
      `${STAGE}/GET/orders/*/items/`,
    ]);
    expect(await resources('GET /files/{path+}')).toEqual([`${STAGE}/GET/files/*`]);
    expect(await resources('GET /')).toEqual([`${STAGE}/GET/`]);
    const [long] = await resources(`GET /${'x'.repeat(600)}`);
    expect(long).toHaveLength(512);
    expect(long).toMatch(/x\*$/);
  });
});
