import { type Loose, method, mock, resource, server, TestGateway } from './support';

let now = Date.UTC(2025, 0, 31, 12);
const clock = (): number => now;
beforeEach(() => {
  now = Date.UTC(2025, 0, 31, 12);
});

const ref = (id: string): Loose => ({ Ref: id });
const keyed = (template = 'ok'): Loose => method(mock(template), { ApiKeyRequired: true });
const stageOf = (more: Loose = {}): Loose => ({ ApiId: ref('Api'), Stage: ref('Stage'), ...more });
const plan = (more: Loose = {}): Loose => resource('UsagePlan', { ApiStages: [stageOf()], ...more });
const key = (Value: string, more: Loose = {}): Loose => resource('ApiKey', { Value, Enabled: true, ...more });
const member = (id: string, of = 'Plan'): Loose =>
  resource('UsagePlanKey', { KeyId: ref(id), KeyType: 'API_KEY', UsagePlanId: ref(of) });

async function statuses(
  gateway: TestGateway,
  count: number,
  target = '/x',
  apiKey = 'secret-key-1',
): Promise<number[]> {
  const all: number[] = [];
  for (let sent = 0; sent < count; sent++)
    all.push((await gateway.send('GET', target, [['x-api-key', apiKey]])).status);
  return all;
}

describe('API keys', () => {
  const gateway = new TestGateway({
    methods: { 'GET /x': keyed('$context.identity.apiKeyId $context.identity.apiKey'), 'GET /open': mock() },
    resources: {
      ...{ Plan: plan(), Good: key('secret-key-1'), InPlan: member('Good') },
      ...{ Off: key('secret-key-2', { Enabled: false }), OffInPlan: member('Off'), Loose: key('secret-key-3') },
      ...{ Elsewhere: plan({ ApiStages: [] }), Other: key('secret-key-4'), OtherInPlan: member('Other', 'Elsewhere') },
    },
  });

  test('one of a plan of the stage lets in, and is known to templates', async () => {
    const { status, text } = await gateway.send('GET', '/x', [['X-API-Key', 'secret-key-1']]);
    expect([status, text]).toEqual([200, 'Good secret-key-1']);
    expect((await gateway.send('GET', '/open')).status).toBe(200);
  });

  test.each([
    [undefined, 'The request has no API key'],
    ['', 'No API key has this value'],
    ['other', 'No API key has this value'],
    ['secret-key-2', 'The API key Off is not enabled'],
    ['secret-key-3', 'The API key Loose is in no usage plan of the stage prod'],
    ['secret-key-4', 'The API key Other is in no usage plan of the stage prod'],
  ])('%s is a 403', async (value, reason) => {
    const headers = value === undefined ? [] : ([['x-api-key', value]] as const);
    const { status, text, steps } = await gateway.send('GET', '/x', headers);
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
    expect(steps.find(({ stage }) => stage === 'apiKey')?.note).toBe(reason);
  });
});

describe('usage plans', () => {
  const limited = (more: Loose, methods: Record<string, Loose> = { 'GET /x': keyed(), 'GET /y': keyed() }) =>
    new TestGateway({
      ...{ methods, now: clock },
      resources: {
        ...{ Plan: plan(more), Good: key('secret-key-1'), InPlan: member('Good') },
        ...{ Second: key('secret-key-2'), SecondInPlan: member('Second') },
      },
    });

  test('a burst is let through, then one for each part of a second; each key has its own', async () => {
    const gateway = limited({ Throttle: { RateLimit: 2, BurstLimit: 3 } });
    expect(await statuses(gateway, 5)).toEqual([200, 200, 200, 429, 429]);
    expect(await statuses(gateway, 1, '/y')).toEqual([429]);
    expect(await statuses(gateway, 1, '/x', 'secret-key-2')).toEqual([200]);
    now += 500;
    expect(await statuses(gateway, 2)).toEqual([200, 429]);
    now += 60_000;
    expect(await statuses(gateway, 4)).toEqual([200, 200, 200, 429]);
    expect(await gateway.send('GET', '/x', [['x-api-key', 'secret-key-1']])).toMatchObject({
      ...{ status: 429, text: '{"message":"Too Many Requests"}' },
    });
  });

  test('a method has a throttle of its own in the plan', async () => {
    const ApiStages = [stageOf({ Throttle: { '/x/GET': { RateLimit: 1, BurstLimit: 1 } } })];
    const gateway = limited({ ApiStages, Throttle: { RateLimit: 100, BurstLimit: 2 } });
    expect(await statuses(gateway, 2)).toEqual([200, 429]);
    expect(await statuses(gateway, 3, '/y')).toEqual([200, 200, 429]);
  });

  test('a quota is for a day of UTC, and for each key', async () => {
    const gateway = limited({ Quota: { Limit: 2, Period: 'DAY' } });
    expect(await statuses(gateway, 3)).toEqual([200, 200, 429]);
    expect(await gateway.send('GET', '/x', [['x-api-key', 'secret-key-1']])).toMatchObject({
      text: '{"message":"Limit Exceeded"}',
    });
    expect(await statuses(gateway, 1, '/x', 'secret-key-2')).toEqual([200]);
    now = Date.UTC(2025, 0, 31, 23, 59, 59);
    expect(await statuses(gateway, 1)).toEqual([429]);
    now += 1000;
    expect(await statuses(gateway, 1)).toEqual([200]);
  });

  test.each([
    ['WEEK', 0, [2025, 1, 1, 23], [2025, 1, 2, 0]],
    ['WEEK', 1, [2025, 1, 2, 23], [2025, 1, 3, 0]],
    ['MONTH', 0, [2025, 0, 31, 23], [2025, 1, 1, 0]],
    ['MONTH', 4, [2025, 1, 4, 23], [2025, 1, 5, 0]],
  ])('a quota of a %s with the offset %d starts anew at its beginning', async (Period, Offset, last, next) => {
    const gateway = limited({ Quota: { Limit: 1, Period, Offset } });
    const at = ([year, month, day, hour]: number[]): number => Date.UTC(year, month, day, hour);
    now = at(last);
    expect(await statuses(gateway, 2)).toEqual([200, 429]);
    now = at(next);
    expect(await statuses(gateway, 2)).toEqual([200, 429]);
  });
});

test('the stage throttles all methods, and one of them in its own way', async () => {
  const setting = (path: string, verb: string, rate: number, burst: number): Loose => ({
    ...{ ResourcePath: path, HttpMethod: verb, ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
  });
  const gateway = new TestGateway({
    ...{ methods: { 'GET /x': mock(), 'GET /y': mock(), 'GET /z': mock() }, now: clock },
    stage: { MethodSettings: [setting('/*', '*', 1, 2), setting('/~1y', 'GET', 1, 1), setting('/~1z', 'GET', 0, 0)] },
  });
  expect(await statuses(gateway, 3)).toEqual([200, 200, 429]);
  expect(await statuses(gateway, 2, '/y')).toEqual([200, 429]);
  expect(await statuses(gateway, 1, '/z')).toEqual([429]);
  now += 1000;
  expect(await statuses(gateway, 2)).toEqual([200, 429]);
});

describe('the cache', () => {
  const cached = (settings: readonly Loose[], methods: Record<string, Loose>) => {
    let served = 0;
    const gateway = new TestGateway({
      ...{ methods, now: clock, server: () => ({ body: String((served += 1)) }) },
      stage: { CacheClusterEnabled: true, CacheClusterSize: '0.5', MethodSettings: settings },
    });
    const get = async (target: string, headers: ReadonlyArray<readonly [string, string]> = [], verb = 'GET') =>
      (await gateway.send(verb, target, headers)).text;
    return get;
  };
  const on = { ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true };
  const back = (keys: string[] = []): Loose => server('HTTP_PROXY', 'http://b.test', { CacheKeyParameters: keys });

  test('keeps answers for their time', async () => {
    const get = cached([{ ...on, CacheTtlInSeconds: 10 }], { 'GET /x': back() });
    expect([await get('/x'), await get('/x')]).toEqual(['1', '1']);
    now += 9_999;
    expect(await get('/x')).toBe('1');
    now += 1;
    expect([await get('/x'), await get('/x')]).toEqual(['2', '2']);
  });

  test('keeps them for five minutes if nothing is said, and not at all with 0 seconds', async () => {
    const get = cached([on], { 'GET /x': back() });
    await get('/x');
    now += 299_999;
    expect(await get('/x')).toBe('1');
    now += 1;
    expect(await get('/x')).toBe('2');
    const none = cached([{ ...on, CacheTtlInSeconds: 0 }], { 'GET /x': back() });
    expect([await none('/x'), await none('/x')]).toEqual(['1', '2']);
  });

  test('tells apart by the parameters of its key only', async () => {
    const get = cached([on], {
      'GET /x': back(['method.request.querystring.page', 'method.request.header.Lang']),
      'GET /p/{id}': back(['method.request.path.id']),
      'GET /y': back(),
    });
    const lang = (value: string) => [['Lang', value]] as const;
    expect(await get('/x?page=1')).toBe('1');
    expect(await get('/x?page=1&other=2')).toBe('1');
    expect(await get('/x?page=2')).toBe('2');
    expect(await get('/x?page=1', lang('de'))).toBe('3');
    expect([await get('/p/1'), await get('/p/2'), await get('/p/1')]).toEqual(['4', '5', '4']);
    expect([await get('/y?a=1'), await get('/y?a=2')]).toEqual(['6', '6']);
  });

  test('drops an answer if a client says so', async () => {
    const get = cached([on], { 'GET /x': back() });
    await get('/x');
    expect(await get('/x', [['Cache-Control', 'max-age=0']])).toBe('2');
    expect(await get('/x')).toBe('2');
  });

  test('is only for GET if the setting is one for all', async () => {
    const own = { ResourcePath: '/~1x', HttpMethod: 'POST', CachingEnabled: true };
    const get = cached([on, own], { 'GET /x': back(), 'POST /x': back(), 'PUT /x': back() });
    expect([await get('/x', [], 'PUT'), await get('/x', [], 'PUT')]).toEqual(['1', '2']);
    expect([await get('/x', [], 'POST'), await get('/x', [], 'POST')]).toEqual(['3', '3']);
    expect(await get('/x')).toBe('4');
  });

  test('a method may be left out', async () => {
    const off = { ResourcePath: '/~1x', HttpMethod: 'GET', CachingEnabled: false };
    const get = cached([on, off], { 'GET /x': back(), 'GET /y': back() });
    expect([await get('/x'), await get('/x'), await get('/y'), await get('/y')]).toEqual(['1', '2', '3', '3']);
  });

  test('keeps no errors', async () => {
    let status = 500;
    const gateway = new TestGateway({
      ...{ methods: { 'GET /x': back() }, now: clock, server: () => ({ status }) },
      stage: { CacheClusterEnabled: true, MethodSettings: [on] },
    });
    expect((await gateway.send('GET', '/x')).status).toBe(500);
    status = 200;
    expect((await gateway.send('GET', '/x')).status).toBe(200);
    status = 500;
    expect((await gateway.send('GET', '/x')).status).toBe(200);
  });
});

test('a canary gets its part of the requests, with its own variables', async () => {
  const draws = [0, 0.2499, 0.25, 0.99];
  const gateway = new TestGateway({
    methods: { 'GET /x': mock('$stageVariables.a$stageVariables.b $context.isCanaryRequest') },
    stage: {
      Variables: { a: '1', b: '2' },
      CanarySetting: { PercentTraffic: 25, StageVariableOverrides: { b: '3' }, DeploymentId: { Ref: 'Deployment' } },
    },
    random: () => draws.shift() ?? 0,
  });
  const texts = [];
  for (let count = 0; count < 4; count++) texts.push((await gateway.send('GET', '/x')).text);
  expect(texts).toEqual(['13 true', '13 true', '12 false', '12 false']);
});
