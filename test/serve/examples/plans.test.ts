import { type Call, describeExample, serving, SIGNED } from './support';

const KEY = { apiKey: 'local-key-of-EventsApiKeyacmeD2559EE5' };
const access = (scope: string) => ({ as: { token_use: 'access', scope } });
const keyless = (options: object): Call[] => [
  { ...options, status: 403, by: 'apiKey', gets: { message: 'Forbidden' } },
  { ...options, apiKey: 'wrong', status: 403, by: 'apiKey' },
];

describeExample('metered-events', {
  generated: { as: (scheme, scopes) => (scheme === 'api_key' ? KEY : access(scopes.join(' '))) },
  routes: {
    'POST /events': [
      {
        ...{ ...access('events/write'), ...KEY, body: { type: 'opened', time: 'now' } },
        ...{ status: 200, gets: '{}', limit: { burst: 10, every: 200, by: 'apiKey' } },
      },
      { ...KEY, status: 401, by: 'authorizer' },
      { ...access('events/read'), ...KEY, status: 401, by: 'authorizer' },
      ...keyless(access('events/write')),
      { ...access('events/write'), ...KEY, body: { type: 'sold', time: 'now' }, status: 400, by: 'validate' },
      {
        ...access('events/write'),
        ...KEY,
        body: { type: 'opened', time: 'now', more: 1 },
        status: 400,
        by: 'validate',
      },
    ],
    'GET /events/{id}': [
      { ...access('events/read'), ...KEY, status: 200, gets: '{}' },
      { ...KEY, status: 401, by: 'authorizer' },
      ...keyless(access('events/read')),
    ],
  },
  more: (around) => {
    test('an event is kept for a minute, for all callers, by its id', async () => {
      const note = async (id: string, sub: string): Promise<string | undefined> => {
        const as = { ...access('events/read').as, sub };
        return (await around.server.request(`GET /events/${id}`, { as, ...KEY })).trace.step('cache')?.note;
      };
      expect(await note('a', 'x')).toMatch(/^Not in the cache/);
      expect(await note('a', 'y')).toMatch(/^From the cache/);
      expect(await note('b', 'y')).toMatch(/^Not in the cache/);
      around.clock.at += 60_001;
      expect(await note('a', 'y')).toMatch(/^Not in the cache/);
    });

    test('a plan of 1000 requests a month is used up, and new in the next', async () => {
      const { server, clock } = serving('metered-events', { functions: { Read0389503C: () => ({ statusCode: 200 }) } });
      const headers = { Authorization: server.token({ ...access('events/read').as, exp: 4e9 }) };
      const ask = () => server.request('GET /events/1', { headers, ...KEY });
      const statuses = new Set<number>();
      for (let n = 0; n < 1000; n += 1) {
        clock.at += 200;
        statuses.add((await ask()).status);
      }
      clock.at += 200;
      expect([...statuses]).toEqual([200]);
      const refused = await ask();
      expect([refused.status, refused.json]).toEqual([429, { message: 'Limit Exceeded' }]);
      clock.at = Date.UTC(2026, 11, 1);
      expect((await ask()).status).toBe(200);
      await server.close();
    });
  },
});

const ACME = { apiKey: 'local-key-of-MeteredApiKeyacme5284B2AC' };
const SIGNER = { headers: SIGNED };
const EVENTS = { ...SIGNER, ...ACME, status: 200, gets: '[]' } as const;

describe.each([
  ['prod', { burst: 5, every: 500, by: 'apiKey' }, { burst: 20, every: 100, by: 'apiKey' }],
  ['sandbox', undefined, undefined],
] as const)('of the stage %s', (stage, ofList, ofOne) => {
  describeExample('rest-usage-plans', {
    serve: { stage },
    generated: { as: (scheme) => (scheme === 'api_key' ? ACME : SIGNER) },
    routes: {
      'GET /events': [
        { ...EVENTS, ...(ofList && { limit: ofList }) },
        { ...ACME, status: 403, by: 'authorizer', gets: { message: 'Missing Authentication Token' } },
        ...keyless(SIGNER),
      ],
      'GET /events/{id}': [
        { ...EVENTS, ...(ofOne && { limit: ofOne }) },
        { ...ACME, status: 403, by: 'authorizer' },
        ...keyless(SIGNER),
      ],
      'GET /health': [{ status: 200 }],
    },
    more: (around) => {
      test('the plan of the stage counts, and no other', async () => {
        const { trace } = await around.server.request('GET /events', { ...SIGNER, ...ACME });
        const left = Number(/(\d+) requests are left/.exec(trace.step('apiKey')?.note ?? '')?.[1]);
        if (stage === 'prod') expect([left > 99_000, left < 100_000]).toEqual([true, true]);
        else expect([left > 900, left < 1000]).toEqual([true, true]);
      });
    },
  });
});
