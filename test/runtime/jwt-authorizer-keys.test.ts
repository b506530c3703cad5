import { generateKeyPairSync } from 'node:crypto';
import { type FakeAnswer } from '../support/fake-http';
import { bundle, configOf, fakeIssuer, type FakeIssuer, jwk, logOf, request, rsaKey, signed } from './jwt-support';

const MINUTE = 60_000;
const good = rsaKey('good');
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const KEYS = '/keys';

let issuer: FakeIssuer;
beforeEach(async () => (issuer = await fakeIssuer('/tenant/', [good])));
afterEach(async () => {
  jest.restoreAllMocks();
  await issuer.server.close();
});

const json = (value: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify(value) });
const keysAre = (...keys: unknown[]) => (issuer.answer = (path) => (path === KEYS ? json({ keys }) : undefined));

/** An authorizer whose clock stands still until it is moved. */
function start() {
  let time = Date.parse('2026-01-01T12:00:00Z');
  jest.spyOn(Date, 'now').mockImplementation(() => time);
  const env = { allowHttp: true, log: logOf().log, now: () => new Date(time), timeoutMillis: 500 };
  const authorize = bundle.createAuthorizer(configOf(issuer.issuer), env);
  const token = signed(good, { iss: issuer.issuer, aud: 'https://api.example.com', sub: 'x', exp: 1e11 });
  return {
    pass: (millis: number) => void (time += millis),
    ask: () =>
      authorize(request(token)).then(
        (response) => response.policyDocument.Statement[0].Effect as string,
        (error: Error) => error.message,
      ),
  };
}

async function fetched(path: string, times: number): Promise<void> {
  for (let i = 0; i < 400 && issuer.fetched(path) < times; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(issuer.fetched(path)).toBe(times);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const BROKEN: readonly [string, object][] = [
  ['has no modulus', { kid: 'good', kty: 'RSA', alg: 'RS256', e: 'AQAB' }],
  ['is garbage', { kid: 'good', kty: 'RSA', alg: 'RS256', n: '!!!', e: 'AQAB' }],
  ['is weak', { ...weak, kid: 'good', alg: 'RS256' }],
  ['is of no known type', { kid: 'good', kty: 'none' }],
  ['is a secret', { kid: 'good', kty: 'oct', k: 'c2VjcmV0' }],
  ['is for encryption', { ...jwk(good), use: 'enc' }],
  ['is for signing alone', { ...jwk(good), use: undefined, key_ops: ['sign'] }],
];

describe.each(BROKEN)('a key that %s', (_, broken) => {
  test('does not take the place of the good one that is known by its id', async () => {
    const { ask, pass } = start();
    expect(await ask()).toBe('Allow');
    keysAre(broken);
    pass(11 * MINUTE);
    expect(await ask()).toBe('Allow');
    await fetched(KEYS, 2);
    expect(await ask()).toBe('Allow');
  });

  test('lets nobody in, and is asked for anew as soon as any other that is not there', async () => {
    keysAre(broken);
    const { ask, pass } = start();
    expect(await ask()).not.toBe('Allow');
    issuer.answer = undefined;
    pass(31_000);
    expect(await ask()).toBe('Allow');
  });
});

test('a key that is in the set twice is one', async () => {
  keysAre(jwk(good), { ...jwk(good), use: undefined, x5t: 'x' });
  expect(await start().ask()).toBe('Allow');
});

test('two keys with one id are not tried one after the other', async () => {
  keysAre({ ...jwk(rsaKey('good')) }, jwk(good));
  expect(await start().ask()).toBe('Unauthorized');
});

test('a thousand keys are read at once', async () => {
  keysAre(...Array.from({ length: 1000 }, (_, index) => ({ ...jwk(good), kid: `other-${index}` })), jwk(good));
  expect(await start().ask()).toBe('Allow');
});

describe('keys that are not where discovery said', () => {
  const discovered = (uri: string) => json({ issuer: issuer.issuer, jwks_uri: uri });

  test.each([
    ['the place is not there', () => `${issuer.server.url}/gone`],
    ['the place is no URL', () => 'https://'],
  ])('are looked for anew within seconds and not after an hour: %s', async (_, uri) => {
    issuer.answer = (path) =>
      path.endsWith('/openid-configuration') ? discovered(uri()) : path === '/gone' ? { status: 404 } : undefined;
    const { ask, pass } = start();
    expect(await ask()).toMatch(/^cannot get the /);
    issuer.answer = undefined;
    pass(2_000);
    const second = await ask();
    if (second !== 'Allow') {
      await fetched('/tenant/.well-known/openid-configuration', 2);
      expect(await ask()).toBe('Allow');
    }
  });

  test('do not make discovery be asked by every request', async () => {
    const { ask, pass } = start();
    issuer.answer = (path) => (path === KEYS ? { status: 503 } : undefined);
    for (let i = 0; i < 20; i++) await ask();
    await fetched('/tenant/.well-known/openid-configuration', 2);
    pass(2_000);
    for (let i = 0; i < 20; i++) await ask();
    await fetched('/tenant/.well-known/openid-configuration', 3);
  });
});
