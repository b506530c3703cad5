import * as fc from 'fast-check';
import { type FunctionLog } from '../../../../lib/serve/functions';
import { type Answer, type IncomingRequest } from '../../../../lib/serve/exchange';
import { type Step } from '../../../../lib/serve/trace';
import { type TraceView } from '../../../../runtime/serve/page/wire';
import { History } from '../../../../runtime/serve/page/history';
import { fakeGateway } from './support';
import { type Exchanged, knownSecrets, LIMIT, shownText } from '../../../../runtime/serve/trace-view';

const place = ({ template, logicalId, path }: { template: string; logicalId: string; path: readonly string[] }) => ({
  ...{ file: template, logicalId, path },
});
interface Parts {
  readonly headers?: IncomingRequest['headers'];
  readonly target?: string;
  readonly body?: string | Buffer;
  readonly answer?: Partial<Answer>;
  readonly steps?: readonly Partial<Step>[];
}

function exchanged({ headers = [], target = '/', body = '', answer = {}, steps = [] }: Parts): Exchanged {
  return {
    request: { method: 'POST', target, headers, body: Buffer.from(body), sourceIp: '127.0.0.1' },
    answer: { status: 200, headers: [], body: Buffer.from(''), ...answer },
    trace: {
      ...{ requestId: 'r', api: 'Api', stage: 'dev', startedAt: 0, tookInMs: 1, method: 'POST', target, status: 200 },
      steps: steps.map((step) => ({ stage: 'integration', tookInMs: 1, ...step })),
    },
  };
}

interface More {
  readonly known?: readonly string[];
  readonly logs?: readonly string[];
}

/** As the page reads it: the line of the list, and the view. */
function shown(exchange: Exchanged, { known = [], logs = [] }: More = {}): [unknown, TraceView] {
  const history = new History({ known: () => known, place });
  history.add(exchange);
  for (const text of logs) history.log({ functionId: 'Fn', requestId: 'r', text });
  return [history.summaries(), history.view('r') as TraceView];
}

const viewOf = (parts: Parts, more?: More): TraceView => shown(exchanged(parts), more)[1];

/** What an API can make of a value that it is given. */
const escapes: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `before ${value} after`,
  (value) => JSON.stringify({ seen: value }),
  (value) => JSON.stringify({ body: JSON.stringify({ seen: value }) }),
  (value) => `/path/${encodeURIComponent(value)}/x`,
  (value) => new URLSearchParams({ q: value }).toString(),
  (value) => Buffer.from(`{"inside":"${value}"}`).toString('base64'),
  (value) => JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'),
];

/** Characters that do not stand in the names and notes around them, and escapes of all sorts. */
const secret = fc
  .string({ unit: fc.constantFrom(...'ÄÖXYZ789!#$%&\'()*+,-./:<>?@[]^_`{|}~"\\ é€😀'), minLength: 6, maxLength: 40 })
  .map((text) => `Q${text.trim()}Q`)
  .filter((text) => text.length >= 8);

const base64Url = (text: string) => Buffer.from(text).toString('base64url');
const jwt = fc
  .tuple(fc.string({ maxLength: 30 }), fc.uint8Array({ minLength: 8, maxLength: 40 }))
  .map(
    ([sub, bytes]) =>
      `${base64Url('{"alg":"RS256"}')}.${base64Url(JSON.stringify({ sub }))}.${Buffer.from(bytes).toString('base64url')}`,
  );

/** Where a client puts a secret. */
const carriers: readonly ((value: string) => Parts)[] = [
  (value) => ({ headers: [['Authorization', `Bearer ${value}`]] }),
  (value) => ({ headers: [['authorization', value]] }),
  (value) => ({ headers: [['X-API-Key', value]] }),
  (value) => ({ headers: [['Cookie', `theme=dark; session=${value.replaceAll(';', '')}`]] }),
  (value) => ({ answer: { headers: [['Set-Cookie', `session=${value.replaceAll(';', '')}; Path=/; HttpOnly`]] } }),
  (value) => ({ target: `/orders?access_token=${encodeURIComponent(value)}` }),
  (value) => ({ body: JSON.stringify({ password: value }) }),
  (value) => ({ body: new URLSearchParams({ client_secret: value }).toString() }),
  (value) => ({ steps: [{ output: { requestContext: { identity: { apiKey: value } } } }] }),
  (value) => ({
    steps: [{ input: { type: 'TOKEN', authorizationToken: `Basic ${btoa(`me:${encodeURIComponent(value)}`)}` } }],
  }),
];

const sentBy = (carrier: number, value: string) => {
  if (carrier === 3 || carrier === 4) return value.replaceAll(';', '').trim();
  return carrier === 9 ? encodeURIComponent(value) : value;
};

/** Everything that JSON can hold of it: the characters as they are, and escaped once or twice. */
const traces = (json: string, value: string) => {
  const once = JSON.stringify(value).slice(1, -1);
  return [value, once, JSON.stringify(once).slice(1, -1), encodeURIComponent(value)].filter((form) =>
    json.includes(form),
  );
};

describe('what leaves the process of a request', () => {
  test('no secret survives anywhere, whatever the API makes of it', () => {
    const echo = fc.constantFrom(...escapes);
    fc.assert(
      fc.property(secret, fc.nat(carriers.length - 1), echo, fc.boolean(), (value, carrier, escape, isKey) => {
        const real = sentBy(carrier, value);
        const seen = escape(real);
        const { steps = [], answer, ...parts } = carriers[carrier](value);
        const all = exchanged({
          ...parts,
          answer: { body: Buffer.from(seen), ...answer, headers: [...(answer?.headers ?? []), ['X-Echo', seen]] },
          steps: [
            ...steps,
            { note: `Not in the cache: ${seen}`, output: isKey ? { [seen]: 1 } : { list: [['a', seen]] } },
          ],
        });
        const json = JSON.stringify(shown(all, { logs: [`INFO ${seen}`] }));
        expect(traces(json, real)).toEqual([]);
        const inside = [...json.matchAll(/[\w+/]{8,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64').toString());
        expect(inside.filter((text) => text.includes(real))).toEqual([]);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('no secret survives of what the gateway itself tells', async () => {
    const lines: FunctionLog[] = [];
    const gateway = fakeGateway((line) => lines.push(line));
    const ways = fc.constantFrom<(value: string) => readonly [string, string, IncomingRequest['headers']]>(
      (value) => [
        'GET',
        '/dev/orders/1',
        [
          ['Authorization', `Bearer ${value}`],
          ['X-Note', value],
        ],
      ],
      (value) => ['GET', '/dev/secure', [['Authorization', value]]],
      (value) => ['GET', '/dev/keyed', [['x-api-key', value]]],
      (value) => ['POST', `/dev/orders?access_token=${encodeURIComponent(value)}`, [['X-Note', value]]],
      (value) => ['GET', `/dev/orders/${encodeURIComponent(value)}`, [['Cookie', `id=${value}`]]],
      (value) => [
        'PUT',
        '/prod/nowhere',
        [
          ['X-Auth-Token', value],
          ['X-Note', JSON.stringify({ value })],
        ],
      ],
    );
    const whole = secret.filter((value) => !/[;\uD800-\uDFFF]/.test(value));
    await fc.assert(
      fc.asyncProperty(whole, ways, async (value, way) => {
        lines.length = 0;
        const [method, target, headers] = way(value);
        const body = method === 'POST' ? JSON.stringify({ item: value, count: 1 }) : value;
        const exchange = await gateway.request(method, target, headers, body);
        const history = new History({ known: () => [], place });
        history.add(exchange);
        for (const line of lines) history.log(line);
        const json = JSON.stringify([history.summaries(), history.view(exchange.trace.requestId)]);
        expect(traces(json, value)).toEqual([]);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test('nothing that looks like a JSON Web Token survives, whatever its name', () => {
    fc.assert(
      fc.property(jwt, fc.constantFrom(...escapes), (token, escape) => {
        const view = viewOf(
          {
            ...{ target: `/a/${token}?x=${token}`, headers: [['X-Custom', token]], body: escape(token) },
            steps: [{ note: token, input: { [token]: token }, output: [escape(token)] }],
          },
          { logs: [token] },
        );
        const json = JSON.stringify(view);
        const [, payload, signature] = token.split('.');
        expect(json).not.toContain(`${payload}.${signature}`);
        expect(json).not.toContain(`.${signature}`);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  /** What is shown of a body that has the secret so far before the cut, or over it. */
  const cutBody = (value: string, isKnown: boolean, before: number): string => {
    // Hiding these makes the text shorter, so that more of it is shown.
    const start = isKnown ? `${value} `.repeat(40) : '';
    const body = `${start}${'z'.repeat(LIMIT - start.length - before)}${value}${'z'.repeat(LIMIT)}`;
    const { text = '' } = viewOf({ headers: isKnown ? [['x-api-key', value]] : [], body }).request.body;
    expect(text.length).toBeLessThan(LIMIT + 10);
    return text.replaceAll('…', '').replaceAll('cut', '');
  };

  test('a cut never leaves the beginning of a secret', () => {
    const key = 'QQQQ-1234567890-WWWW';
    for (let before = -30; before < 30; before++) expect(cutBody(key, true, before)).not.toContain(key.slice(0, 3));
    const token = `-eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiIxIn0'.repeat(9)}.${'s'.repeat(200)}-`;
    for (let before = -30; before < 400; before += 7) expect(cutBody(token, false, before)).not.toContain('eyJhb');
  });

  test.each([
    ['a token', 'Authorization', 'Bearer abcdefghijklmnop', '…mnop'],
    ['a short one', 'Authorization', 'Bearer abcdefgh', '…'],
    ['an API key', 'x-api-key', '0123456789abcdef', '…cdef'],
    ['a cookie', 'Cookie', 'theme=dark; id=a1', '…'],
    ['another header', 'X-Count', '5', '5'],
  ])('%s is shown by its last characters at most', (_, name, value, shown) => {
    expect(viewOf({ headers: [[name, value]] }).request.headers).toEqual([[name, shown]]);
  });

  test('a token of the query is hidden however short it is, other parameters stay', () => {
    expect(viewOf({ target: '/a?page=2&token=abc&sort=up' }).target).toBe('/a?page=2&token=…&sort=up');
  });

  test('keys of the template are hidden in logs and in answers', () => {
    const view = viewOf(
      { answer: { body: Buffer.from('key top-secret-key!') } },
      { known: ['top-secret-key!'], logs: ['top-secret-key!'] },
    );
    expect([view.answer.body.text, view.logs]).toEqual(['key …key!', ['Fn: …key!']]);
    expect(shownText('top-secret-key!', knownSecrets(['top-secret-key!']))).toBe('…key!');
  });

  test('bodies and values are cut at 64 KB, and what is no text is counted only', () => {
    const view = viewOf({
      ...{ body: 'a'.repeat(LIMIT + 1), answer: { body: Buffer.from([0xff, 0xfe]) } },
      steps: [{ output: Array.from({ length: 100_000 }, (_, index) => index) }, { input: { text: 'b'.repeat(1e6) } }],
    });
    expect(view.request.body).toMatchObject({ bytes: LIMIT + 1, cut: true });
    expect(view.answer.body).toEqual({ bytes: 2, cut: true });
    expect(JSON.stringify(view).length).toBeLessThan(5 * LIMIT);
  });

  test('the rest is shown as it was', () => {
    const output = { statusCode: 200, headers: { 'X-A': '1' }, list: [1, null, true, { deep: 'text' }] };
    const because = [{ template: 'a.json', logicalId: 'Method', path: ['Properties'] }];
    const [step] = viewOf({ steps: [{ note: 'Status 200', output, because, refused: 'THROTTLED' }] }).steps;
    expect(step).toEqual({
      ...{ stage: 'integration', tookInMs: 1, note: 'Status 200', output, refused: 'THROTTLED' },
      because: [{ file: 'a.json', logicalId: 'Method', path: ['Properties'] }],
    });
  });

  test('hiding takes time in proportion to the text', () => {
    const from = performance.now();
    for (const text of ['eyJ'.repeat(20_000), '='.repeat(60_000), 'Q'.repeat(60_000), '&token='.repeat(8000)]) {
      viewOf({ headers: [['cookie', `a=${'Q'.repeat(30)}`]], body: text, steps: [{ output: text }] });
    }
    expect(performance.now() - from).toBeLessThan(3000);
  });
});
