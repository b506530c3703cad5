import { type Call, describeExample, preflights, SIGNED } from './support';

const ORIGIN = 'https://app.example.com';
const READER = { token_use: 'access', scope: 'orders/read' };
const WRITER = { token_use: 'access', scope: 'orders/write' };
const LIST = { status: 200, gets: '[]', with: { 'access-control-allow-origin': ORIGIN } } as const;
const SIGNED_OPTIONS = { headers: SIGNED };
const KEY = { apiKey: 'local-key-of-OrdersApiKeyacme8B771108' };

/** Without a token, and with one for something else. */
const untoken = (other: object): Call[] => [
  { status: 401, by: 'authorizer', gets: { message: 'Unauthorized' } },
  { status: 401, by: 'authorizer', as: other as never, with: { 'x-amzn-errortype': 'UnauthorizedException' } },
];

const byScope = (_: string, scopes: readonly string[]) => ({ as: { token_use: 'access', scope: scopes.join(' ') } });

describeExample('quickstart', {
  generated: { as: byScope },
  routes: {
    'GET /orders': [{ as: READER, ...LIST }, ...untoken(WRITER)],
    'GET /orders/{id}': [{ as: READER, ...LIST }, ...untoken(WRITER)],
    'POST /orders': [
      { as: WRITER, body: { sku: 'a' }, ...LIST, limit: { burst: 100, every: 20, by: 'throttle' } },
      ...untoken(READER),
      { as: WRITER, body: {}, status: 400, by: 'validate', gets: { message: 'Invalid request body' } },
      { as: WRITER, body: { sku: '' }, status: 400, by: 'validate' },
    ],
    'GET /health': [{ status: 200, with: { 'access-control-allow-origin': ORIGIN } }],
    ...preflights(ORIGIN, ['/orders', '/orders/{id}', '/health']),
  },
});

describeExample('production-rest', {
  generated: {
    as: (scheme, scopes) =>
      scheme === 'sigv4' ? SIGNED_OPTIONS : scheme === 'api_key' ? KEY : byScope(scheme, scopes),
  },
  routes: {
    'GET /orders': [{ as: READER, ...LIST }, ...untoken(WRITER)],
    'GET /orders/{id}': [{ as: READER, ...LIST }, ...untoken(WRITER)],
    'POST /orders': [
      { as: WRITER, body: { sku: 'a' }, ...LIST, limit: { burst: 100, every: 20, by: 'throttle' } },
      ...untoken(READER),
      { as: WRITER, body: 'no JSON', status: 400, by: 'validate', gets: { message: 'Invalid request body' } },
    ],
    'GET /partners/orders': [
      { ...SIGNED_OPTIONS, ...KEY, ...LIST, limit: { burst: 20, every: 100, by: 'apiKey' } },
      { ...KEY, status: 403, by: 'authorizer', gets: { message: 'Missing Authentication Token' } },
      { ...SIGNED_OPTIONS, status: 403, by: 'apiKey', gets: { message: 'Forbidden' } },
      { ...SIGNED_OPTIONS, apiKey: 'wrong', status: 403, by: 'apiKey' },
    ],
    'GET /health': [{ status: 200, with: { 'access-control-allow-origin': ORIGIN } }],
    ...preflights(ORIGIN, ['/orders', '/orders/{id}', '/partners/orders', '/health']),
  },
  more: (around) => {
    test('an answer is kept for a minute, and for each caller', async () => {
      const ask = (sub: string) => around.server.request('GET /orders', { as: { ...READER, sub } });
      const kept = async (sub: string): Promise<boolean> =>
        (await ask(sub)).trace.step('cache')?.note?.startsWith('From the cache') ?? false;
      around.clock.at += 3_600_000;
      expect([await kept('a'), await kept('a')]).toEqual([false, true]);
      around.clock.at += 61_000;
      expect(await kept('a')).toBe(false);
    });
  },
});

const MEMBER = { as: { token_use: 'id' } };
const guest: readonly Call[] = [
  { status: 401, by: 'authorizer' },
  { as: { token_use: 'access' }, status: 401, by: 'authorizer' },
];

describeExample('rest-openapi', {
  generated: { as: () => MEMBER, texts: { '^[0-9]{13}$': '9780000000002' } },
  routes: {
    'GET /books': [{ ...MEMBER, status: 200, gets: '[]' }, ...guest],
    'POST /books': [
      { ...MEMBER, body: { isbn: '9780000000002', title: 'T', author: { name: 'N' } }, status: 200, gets: '[]' },
      ...guest,
      { ...MEMBER, body: { isbn: '978', title: 'T' }, status: 400, by: 'validate' },
      { ...MEMBER, body: { isbn: '9780000000002', title: 'T', author: {} }, status: 400, by: 'validate' },
    ],
    'GET /books/{isbn}': [{ ...MEMBER, status: 200, gets: '[]' }, ...guest],
    'POST /books/{isbn}/loans': [
      { ...MEMBER, body: { member: 'm', until: '2026-12-24' }, status: 200, gets: '[]' },
      ...guest,
      { ...MEMBER, body: { member: 'm' }, status: 400, by: 'validate' },
    ],
    'GET /opening-hours': [{ status: 200, gets: { monday: '9-18' } }],
  },
});
