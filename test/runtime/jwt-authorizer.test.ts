import { type JwtConfig } from '../../runtime/handlers/jwt-authorizer/config';
import { type AuthorizerEnvironment } from '../../runtime/handlers/jwt-authorizer/handler';
import { type AuthorizerRequest } from '../../runtime/handlers/jwt-authorizer/policy';
import {
  bundle,
  type Claims,
  configOf,
  ecKey,
  edKey,
  fakeIssuer,
  type FakeIssuer,
  hmac,
  jwk,
  logOf,
  request,
  rsaKey,
  signed,
  STAGE,
  unsigned,
} from './jwt-support';

const { createAuthorizer } = bundle;

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

describe('a good token', () => {
  test('is allowed on the whole stage, with its claims for the back-end', async () => {
    const { authorize, entries } = start();
    const token = signed(
      rsa,
      claims({
        email: 'a@example.com',
        admin: true,
        roles: ['x'],
        address: { city: 'Rome' },
        nothing: null,
        requestId: 'mine',
        principalId: 'root',
      }),
    );
    expect(await authorize(request(token))).toEqual({
      principalId: 'user-1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: [`${STAGE}/*`] }],
      },
      context: {
        sub: 'user-1',
        scope: 'orders:read profile',
        iss: issuer.issuer,
        aud: 'https://api.example.com',
        exp: seconds + 600,
        address: '{"city":"Rome"}',
        admin: true,
        email: 'a@example.com',
        iat: seconds - 10,
        roles: '[x]',
      },
    });
    expect(entries).toEqual([]);
  });

  test.each([
    ['RS256', rsa],
    ['PS256', { ...rsaKey('ps-1', 'PS256') }],
    ['ES256', ec],
    ['EdDSA', ed],
  ])('may be signed with %s', async (_, key) => {
    issuer.keys = [key];
    expect(effectOf(await start().authorize(request(signed(key, claims()))))).toBe('Allow');
  });

  test.each<[string, Claims]>([
    ['for one of several audiences', { aud: ['https://other.example.com', 'https://api.example.com'] }],
    ['expired within the tolerance', { exp: seconds - 29 }],
    ['not yet valid within the tolerance', { nbf: seconds + 29 }],
    ['without a subject', { sub: undefined, client_id: 'machine' }],
  ])('%s', async (_, more) => {
    const response = await start().authorize(request(signed(rsa, claims(more))));
    expect(effectOf(response)).toBe('Allow');
    expect(response.principalId).toBe('client_id' in more ? 'machine' : 'user-1');
  });

  test.each(['bearer', 'BEARER', 'Bearer  '])('comes with the scheme "%s" and a header in any case', async (scheme) => {
    const given = request(signed(rsa, claims()));
    const header = `${scheme} ${signed(rsa, claims())}`;
    expect(
      effectOf(await start().authorize({ ...given, headers: { AUTHORIZATION: header }, multiValueHeaders: null })),
    ).toBe('Allow');
  });

  test('may come in another header', async () => {
    const { authorize } = start({ header: 'x-token' });
    const token = signed(rsa, claims());
    expect(effectOf(await authorize({ ...request(undefined), headers: { 'X-Token': `Bearer ${token}` } }))).toBe(
      'Allow',
    );
    await expect(authorize(request(token))).rejects.toThrow(/^Unauthorized$/);
  });

  test.each<[string, Claims]>([
    [
      'an access token of Amazon Cognito',
      { aud: undefined, client_id: 'https://api.example.com', token_use: 'access' },
    ],
    ['issued at this very second', { iat: seconds }],
    ['issued in the future within the tolerance', { iat: seconds + 30 }],
    ['for this audience, by a client of another name', { client_id: 'somebody' }],
  ])('%s', async (_, more) => {
    expect(effectOf(await start().authorize(request(signed(rsa, claims(more)))))).toBe('Allow');
  });

  test('too much of claims is left out, the important ones last', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [`https://example.com/${String(i).padStart(2, '0')}`, 'x'.repeat(200)]),
    );
    const { context } = await start().authorize(
      request(signed(rsa, claims({ ...many, 'a-long': 'y'.repeat(1025), __proto__: undefined }))),
    );
    expect(JSON.stringify(context).length).toBeLessThanOrEqual(4096);
    expect(context).toMatchObject({ sub: 'user-1', exp: seconds + 600, 'https://example.com/00': 'x'.repeat(200) });
    expect(context).not.toHaveProperty('a-long');
    expect(context).not.toHaveProperty('https://example.com/24');
  });
});

describe('a token that is wrong is answered 401', () => {
  const forged = (header: object = {}) => signed(stranger, claims(), header);
  const tampered = () => {
    const [header, , signature] = signed(rsa, claims()).split('.');
    return `${header}.${Buffer.from(JSON.stringify(claims({ sub: 'admin' }))).toString('base64url')}.${signature}`;
  };
  const pem = () => rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;

  test.each<[string, () => string, string]>([
    ['expired', () => signed(rsa, claims({ exp: seconds - 31 })), 'exp: the token has expired'],
    ['not yet valid', () => signed(rsa, claims({ nbf: seconds + 31 })), 'nbf: the token is not valid yet'],
    ['without an end', () => signed(rsa, claims({ exp: undefined })), 'exp is missing'],
    ['with an end that is no number', () => signed(rsa, claims({ exp: 'never' })), 'exp is not valid'],
    [
      'for another audience',
      () => signed(rsa, claims({ aud: 'https://other.example.com' })),
      'aud is another audience',
    ],
    ['for no audience', () => signed(rsa, claims({ aud: undefined })), 'aud and client_id are missing'],
    [
      'of another client, for no audience',
      () => signed(rsa, claims({ aud: undefined, client_id: 'somebody' })),
      'client_id, used instead of aud, is another audience',
    ],
    [
      'of several clients, for no audience',
      () => signed(rsa, claims({ aud: undefined, client_id: ['https://api.example.com'] })),
      'client_id, used instead of aud, is another audience',
    ],
    [
      'for another audience, by a client that is named like this one',
      () => signed(rsa, claims({ aud: 'https://other.example.com', client_id: 'https://api.example.com' })),
      'aud is another audience',
    ],
    [
      'for null, by a client that is named like this audience',
      () => signed(rsa, claims({ aud: null, client_id: 'https://api.example.com' })),
      'aud is another audience',
    ],
    [
      'for an empty list, by a client that is named like this audience',
      () => signed(rsa, claims({ aud: [], client_id: 'https://api.example.com' })),
      'aud is another audience',
    ],
    [
      'issued in the future',
      () => signed(rsa, claims({ iat: seconds + 31 })),
      'iat: the token was issued in the future',
    ],
    ['issued at a time that is no number', () => signed(rsa, claims({ iat: 'now' })), 'iat is not valid'],
    ['without a key id', () => signed(rsa, claims(), { kid: undefined }), 'kid is missing'],
    ['with an empty key id', () => signed(rsa, claims(), { kid: '' }), 'kid is missing'],
    ['with a key id that is no text', () => signed(rsa, claims(), { kid: { a: 1 } }), 'kid is missing'],
    ['of another issuer', () => signed(rsa, claims({ iss: 'https://evil.example.com/' })), 'iss is another issuer'],
    [
      'of the issuer without its slash',
      () => signed(rsa, claims({ iss: issuer.issuer.slice(0, -1) })),
      'iss is another issuer',
    ],
    ['of no issuer', () => signed(rsa, claims({ iss: undefined })), 'iss is another issuer'],
    ['signed by a stranger with a known key id', () => forged(), 'the signature is not from the issuer'],
    ['signed with an unknown key id', () => forged({ kid: 'nobody' }), 'the issuer has no such key'],
    ['changed after it was signed', tampered, 'the signature is not from the issuer'],
    [
      'cut off its signature',
      () => signed(rsa, claims()).replace(/[^.]+$/, ''),
      'the signature is not from the issuer',
    ],
    ['alg none', () => unsigned(claims()), 'alg is not allowed'],
    ['alg None', () => unsigned(claims(), 'None'), 'alg is not allowed'],
    [
      'HS256 with the public key (PEM) as its secret',
      () => hmac(pem(), claims(), { kid: rsa.kid }),
      'alg is not allowed',
    ],
    [
      'HS256 with the public key (JWK) as its secret',
      () => hmac(JSON.stringify(jwk(rsa)), claims(), { kid: rsa.kid }),
      'alg is not allowed',
    ],
    [
      'RS256 in name, with the key of an elliptic curve',
      () => signed(ec, claims(), { alg: 'RS256' }),
      'the issuer has no such key',
    ],
    [
      'with its own key in the header',
      () => signed(stranger, claims(), { kid: 'mine', jwk: jwk(stranger) }),
      'the issuer has no such key',
    ],
    [
      'with an address of keys in the header',
      () => signed(stranger, claims(), { kid: 'mine', jku: 'https://evil.example.com/keys' }),
      'the issuer has no such key',
    ],
    ['with an unknown critical header', () => signed(rsa, claims(), { crit: ['x'], x: 1 }), 'the token is not a JWT'],
    ['garbage with two dots', () => 'a.b.c', 'the token is not a JWT'],
    ['claims that are a list', () => signed(rsa, [] as unknown as Claims), 'the token is not a JWT'],
  ])('%s', async (_, token, reason) => {
    const { authorize, entries } = start();
    await expect(authorize(request(token()))).rejects.toThrow(/^Unauthorized$/);
    expect(entries).toEqual([
      expect.objectContaining({ event: 'rejected', reason, requestId: 'request-1', route: 'GET /orders/{id}' }),
    ]);
  });

  test.each<[string, Partial<AuthorizerRequest>, string]>([
    ['no header', { headers: null, multiValueHeaders: null }, 'the header with the token is missing'],
    ['an empty one', { headers: { Authorization: ' ' } }, 'the header with the token is missing'],
    ['another scheme', { headers: { Authorization: 'Basic dXNlcjpwYXNz' } }, 'the header is not "Bearer <JWT>"'],
    ['no scheme', { headers: { Authorization: 'a.b.c' } }, 'the header is not "Bearer <JWT>"'],
    ['an encrypted token', { headers: { Authorization: 'Bearer a.b.c.d.e' } }, 'the header is not "Bearer <JWT>"'],
    ['two tokens', { headers: { Authorization: 'Bearer a.b.c, Bearer a.b.c' } }, 'the header is not "Bearer <JWT>"'],
    ['a line break', { headers: { Authorization: 'Bearer a.b.c\n' } }, 'the header is not "Bearer <JWT>"'],
    [
      'the header twice',
      { multiValueHeaders: { Authorization: ['Bearer a.b.c'], authorization: ['Bearer d.e.f'] } },
      'the header with the token appears twice',
    ],
    [
      'a huge token',
      { headers: { Authorization: `Bearer a.${'b'.repeat(1_000_000)}.c` } },
      'the token is longer than 10240 characters',
    ],
  ])('a header with %s', async (_, part, reason) => {
    const { authorize, entries } = start();
    await expect(authorize({ ...request('a.b.c'), ...part })).rejects.toThrow(/^Unauthorized$/);
    expect(entries[0].reason).toBe(reason);
    expect(issuer.server.seen).toEqual([]);
  });

  test('required claims must have their value, or contain it', async () => {
    const { authorize, entries } = start({ requiredClaims: { token_use: 'access', groups: 'staff' } });
    const allowed = await authorize(request(signed(rsa, claims({ token_use: 'access', groups: ['guests', 'staff'] }))));
    expect(effectOf(allowed)).toBe('Allow');
    const bad: Claims[] = [
      { token_use: 'id', groups: 'staff' },
      { token_use: 'access', groups: ['guests'] },
      { groups: 'staff' },
    ];
    for (const more of bad)
      await expect(authorize(request(signed(rsa, claims(more))))).rejects.toThrow(/^Unauthorized$/);
    expect(entries.map(({ reason }) => reason)).toEqual(
      ['token_use', 'groups', 'token_use'].map((claim) => `the claim "${claim}" is missing or has another value`),
    );
  });

  test('the log says what was expected of whom, briefly, and never the token', async () => {
    const { authorize, entries } = start();
    const token = signed(stranger, claims({ aud: 'a'.repeat(5000), sub: 'secret-subject' }), { kid: 'k'.repeat(1000) });
    await expect(authorize(request(token))).rejects.toThrow();
    await expect(authorize(request(signed(rsa, claims({ aud: ['x', 'y'] }))))).rejects.toThrow();
    expect(entries[0]).toEqual(
      expect.objectContaining({ alg: 'RS256', kid: 'k'.repeat(200), iss: issuer.issuer, aud: 'a'.repeat(200) }),
    );
    expect(entries[1]).toMatchObject({ aud: '["x","y"]' });
    const text = JSON.stringify(entries);
    for (const part of token.split('.')) expect(text).not.toContain(part.slice(0, 40));
    expect(text).not.toContain('secret-subject');
  });
});
