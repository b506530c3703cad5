import { createHash } from 'node:crypto';
import { get, request as httpRequest } from 'node:http';
import { createPageServer } from '../../../../runtime/serve/page/server';
import { type FeedEvent, type State, type TraceView } from '../../../../runtime/serve/page/wire';
import { ATTACK, openPage, type OpenPage, TOKEN } from './support';

const HTML = '<!doctype html><style>p{}</style><p>page</p><script>go()</script>';

let page: OpenPage;
beforeEach(async () => {
  page = await openPage(HTML);
});
afterEach(() => page.server.close());

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** A request with any host, which fetch would not send. */
function send({ method = 'GET', path = '/', headers = {}, body }: Sent) {
  const all: Record<string, string | undefined> = { host: `localhost:${page.server.port}`, ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: page.server.port,
      method,
      path,
      headers: sent as Record<string, string>,
    };
    const running = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      );
    });
    running.on('error', reject);
    running.end(body);
  });
}

const json = { 'content-type': 'application/json', 'x-apigw-token': TOKEN };

async function call<T>(path: string, input?: unknown): Promise<T> {
  const { status, text } = await send({
    ...{ path: `/_apigw/${path}`, headers: json, method: input === undefined ? 'GET' : 'POST' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
  if (status !== 200) throw new Error(`${status} ${text}`);
  return JSON.parse(text) as T;
}

/** What the feed says, as long as a page looks on. */
async function watch() {
  const events: FeedEvent[] = [];
  const waiting: (() => void)[] = [];
  const running = get(`${`http://localhost:${page.server.port}`}/_apigw/feed`, { headers: json }, (response) => {
    let rest = '';
    response.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n\n');
      rest = parts.pop() ?? '';
      events.push(
        ...parts.filter((part) => part.startsWith('data: ')).map((part) => JSON.parse(part.slice(6)) as FeedEvent),
      );
      waiting.splice(0).forEach((go) => go());
    });
  });
  const until = async (count: number) => {
    while (events.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return events;
  };
  await until(1);
  return { until, stop: () => running.destroy() };
}

describe('guards', () => {
  const control = { path: '/_apigw/traces/x', headers: json };

  test('the page itself needs no token, and nothing else is where it is', async () => {
    expect(await send({})).toMatchObject({ status: 200, text: HTML });
    expect(await send({ path: '/', method: 'POST' })).toMatchObject({ status: 405 });
    expect((await send({ path: '/other' })).status).toBe(404);
  });

  test.each(['localhost', '127.0.0.1', '[::1]'])('the host may be %s', async (name) => {
    const headers = { ...json, host: `${name}:${page.server.port}` };
    expect((await send({ ...control, headers })).status).toBe(404);
    expect((await send({ headers })).status).toBe(200);
  });

  test.each(['evil.example', 'localhost', 'localhost:1', 'localhost.evil.example', '127.0.0.1.nip.io'])(
    'a request to the host %p is refused, the page too',
    async (host) => {
      const named = host.includes('evil') || host.includes('nip') ? `${host}:${page.server.port}` : host;
      expect((await send({ ...control, headers: { ...json, host: named } })).status).toBe(421);
      expect((await send({ headers: { host: named } })).status).toBe(421);
    },
  );

  test.each(['http://evil.example', 'null', 'https://localhost', 'http://localhost:1'])(
    'the origin %s is refused',
    async (origin) => {
      expect((await send({ ...control, headers: { ...json, origin } })).status).toBe(403);
      expect((await send({ headers: { origin } })).status).toBe(403);
    },
  );

  test('an origin by another name of the same address is refused, its own is not', async () => {
    const { port } = page.server;
    expect((await send({ ...control, headers: { ...json, origin: `http://127.0.0.1:${port}` } })).status).toBe(403);
    expect((await send({ ...control, headers: { ...json, origin: `http://localhost:${port}` } })).status).toBe(404);
  });

  test.each(['cross-site', 'same-site', 'none'])(
    'a control call that the browser marks as %s is refused',
    async (site) => {
      expect((await send({ ...control, headers: { ...json, 'sec-fetch-site': site } })).status).toBe(403);
    },
  );

  test.each([undefined, '', 'wrong', `${TOKEN}x`, TOKEN.slice(1)])('the token %p is refused', async (token) => {
    const headers = { ...json, 'x-apigw-token': token };
    for (const path of ['/_apigw/feed', '/_apigw/traces/x', '/_apigw/nothing']) {
      expect((await send({ path, headers })).status).toBe(401);
    }
    const body = JSON.stringify({ api: 'Shop', stage: 'dev', method: 'GET', target: '/orders', headers: [], body: '' });
    expect((await send({ path: '/_apigw/send', method: 'POST', headers, body })).status).toBe(401);
    // In the query or in a cookie it counts for nothing: other sites could make the browser send it.
    const elsewhere = { ...headers, cookie: `x-apigw-token=${TOKEN}` };
    expect((await send({ path: `/_apigw/traces/x?token=${TOKEN}`, headers: elsewhere })).status).toBe(401);
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a POST of %p, which forms of other sites can send, is refused',
    async (type) => {
      const headers = { ...json, 'content-type': type };
      expect((await send({ path: '/_apigw/token', method: 'POST', headers, body: '{}' })).status).toBe(415);
    },
  );

  test('no method or path makes it fail', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD']) {
      expect([404, 405]).toContain((await send({ path: '/_apigw/send', method, headers: json })).status);
    }
    for (const path of [
      '/_apigw/',
      '/_apigw/traces',
      '/_apigw/traces/../x',
      '/_apigw/%00',
      '/_apigw/traces/__proto__',
    ]) {
      expect((await send({ path, headers: json })).status).toBe(404);
    }
    for (const body of ['', '{', '[]', 'null', '{"requestId":1}']) {
      expect((await send({ path: '/_apigw/replay', method: 'POST', headers: json, body })).status).toBe(400);
    }
  });

  test('no answer lets another site in', async () => {
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    const answers = [
      ...[await send({}), await send(control), await send({ ...control, headers: {} })],
      await send({ path: '/_apigw/send', method: 'OPTIONS', headers: preflight }),
    ];
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
    }
  });

  test('the page may run its own script and style only, and call this server', async () => {
    const policy = String((await send({})).headers['content-security-policy']);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        ...["default-src 'none'", `script-src ${hash('go()')}`, `style-src ${hash('p{}')}`, "connect-src 'self'"],
        ...["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"],
      ]),
    );
    expect(policy).not.toContain('unsafe');
  });

  test('each server has its own token, which cannot be guessed', async () => {
    const servers = await Promise.all([1, 2].map(() => createPageServer({ gateway: page.gateway, html: HTML })));
    const tokens = servers.map(({ url }) => /#token=([\w-]+)$/.exec(url)?.[1]);
    await Promise.all(servers.map((server) => server.close()));
    expect(new Set(tokens).size).toBe(2);
    expect(tokens[0]?.length).toBe(32);
  });

  test('a port that is taken is an error', async () => {
    const { port } = page.server;
    await expect(createPageServer({ gateway: page.gateway, html: HTML, port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('control', () => {
  const order = {
    api: 'Shop',
    stage: 'dev',
    method: 'POST',
    target: '/orders',
    headers: [['Content-Type', 'application/json']],
  };

  test('a request goes through the gateway, and its steps are those of the pipeline', async () => {
    const { requestId } = await call<{ requestId: string }>('send', { ...order, body: '{"item":"tea","count":1}' });
    const view = await call<TraceView>(`traces/${requestId}`);
    expect(view).toMatchObject({ status: 201, route: 'POST /orders', method: 'POST', target: '/dev/orders' });
    expect(view.steps.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining([
        'request',
        'route',
        'validate',
        'integrationRequest',
        'integration',
        'integrationResponse',
      ]),
    );
    const route = view.steps.find(({ stage }) => stage === 'route')?.because[0];
    expect(route?.logicalId).toBe('PostOrder');
    expect(route?.excerpt?.lines[(route.line ?? 0) - route.excerpt.firstLine].trim()).toMatch(
      /^(PostOrder|Properties):$/,
    );
  });

  test('a refusal tells its step and the place that decided it', async () => {
    const { requestId } = await call<{ requestId: string }>('send', { ...order, body: '{"item":"tea"}' });
    const view = await call<TraceView>(`traces/${requestId}`);
    expect(view).toMatchObject({ status: 400, refused: { stage: 'validate', type: 'BAD_REQUEST_BODY' } });
    const step = view.steps.find(({ refused }) => refused);
    expect(step?.note).toContain('count');
    expect(step?.because[0]?.line).toBeGreaterThan(1);
  });

  test('a key of the template opens a route, and never reaches the page', async () => {
    const keyed = { ...order, method: 'GET', target: '/keyed', body: '', apiKey: 'PartnerKey' };
    const { requestId } = await call<{ requestId: string }>('send', keyed);
    const view = await call<TraceView>(`traces/${requestId}`);
    expect([view.status, view.logs.length]).toEqual([200, 1]);
    expect(JSON.stringify(view)).not.toContain('partner-key-value');
    const feed = await watch();
    const { state } = (await feed.until(1))[0] as { state: State };
    feed.stop();
    expect(state.apis[0].apiKeys).toEqual([{ id: 'PartnerKey', name: 'partner' }]);
    expect(JSON.stringify(state)).not.toContain('partner-key-value');
    await expect(call('send', { ...keyed, apiKey: 'Other' })).rejects.toThrow('400');
  });

  test('a replay sends the secrets that the page never had', async () => {
    const sent = await page.gateway.request('GET', '/dev/secure', [['Authorization', 'Bearer let-me-in-please']]);
    page.server.record(sent);
    const first = await call<TraceView>(`traces/${sent.trace.requestId}`);
    expect([first.status, JSON.stringify(first).includes('let-me-in')]).toEqual([200, false]);
    const { requestId } = await call<{ requestId: string }>('replay', { requestId: sent.trace.requestId });
    expect(requestId).not.toBe(sent.trace.requestId);
    expect((await call<TraceView>(`traces/${requestId}`)).status).toBe(200);
    await expect(call('replay', { requestId: 'none' })).rejects.toThrow('409');
  });

  test('what is too large is shown in part, and cannot be sent again', async () => {
    const sent = await page.gateway.request('POST', '/dev/orders', [['x-api-key', 'k'.repeat(20)]], 'x'.repeat(5e5));
    page.server.record(sent);
    const view = await call<TraceView>(`traces/${sent.trace.requestId}`);
    expect(view.request.body).toMatchObject({ bytes: 500_000, cut: true });
    expect(view.notReplayable).toContain('too large');
    await expect(call('replay', { requestId: sent.trace.requestId })).rejects.toThrow('too large');
  });

  test('the last 200 requests are kept, each once', async () => {
    const sent = await page.gateway.request('GET', '/dev/orders/1');
    for (let index = 0; index < 250; index++) {
      page.server.record({ ...sent, trace: { ...sent.trace, requestId: `r${index}` } });
      page.server.record({ ...sent, trace: { ...sent.trace, requestId: `r${index}` } });
    }
    const feed = await watch();
    const { state } = (await feed.until(1))[0] as { state: State };
    feed.stop();
    expect(state.traces.map(({ requestId }) => requestId)).toEqual(
      Array.from({ length: 200 }, (_, index) => `r${index + 50}`),
    );
    await expect(call('traces/r49')).rejects.toThrow('404');
    await expect(call('traces/r50')).resolves.toMatchObject({ requestId: 'r50' });
  });

  test('the feed tells requests, logs and changes as they come, without secrets', async () => {
    const feed = await watch();
    const sent = await page.gateway.request('GET', `/dev/secure?token=abc&x=${encodeURIComponent(ATTACK)}`);
    page.server.record(sent);
    page.server.log({ functionId: 'Reader', requestId: sent.trace.requestId, text: 'late' });
    page.server.log({ functionId: 'Reader', text: 'starts with eyJhbGciOiJub25lIn0.eyJhIjoxfQ.sig' });
    page.server.changed();
    const [, trace, log, loose, state] = await feed.until(5);
    feed.stop();
    expect(trace).toMatchObject({ type: 'trace', trace: { status: 401, refused: { stage: 'authorizer' } } });
    expect(JSON.stringify(trace)).not.toContain('abc');
    expect(log).toEqual({ type: 'log', requestId: sent.trace.requestId });
    expect(loose).toMatchObject({ type: 'log', text: expect.stringMatching(/^Reader: starts with …/) });
    expect(state).toMatchObject({
      type: 'state',
      state: { looseLogs: [expect.stringMatching(/^Reader: starts with …/)] },
    });
  });

  test('connections of the console speak and end', async () => {
    const feed = await watch();
    const open = { api: 'Chat', stage: 'live', target: '/?room=1', headers: [] };
    const { connection } = await call<{ connection: string }>('connections', open);
    await call(`connections/${connection}`, { text: 'hello' });
    await call('disconnect', { connection });
    const [, message, closed] = await feed.until(3);
    feed.stop();
    expect(message).toEqual({ type: 'message', connection, text: 'echo hello' });
    expect(closed).toEqual({ type: 'closed', connection, code: 1000, reason: 'bye' });
    await expect(call(`connections/${connection}`, { text: 'x' })).rejects.toThrow('closed');
    await expect(call('connections', { ...open, target: '/?refuse' })).rejects.toThrow('$connect was refused');
  });

  test('tokens are signed by the local issuer', async () => {
    expect(await call('token', { claims: { sub: 'me' } })).toEqual({ token: expect.stringMatching(/^eyJ/) });
    await expect(call('token', { claims: 'me' })).rejects.toThrow('400');
  });

  test.each([
    [[['Bad name', 'x']], 'is not a header'],
    [[['', 'x']], 'is not a header'],
    [[['X-A', 'a\r\nX-B: c']], 'line break'],
    [['X-A'], 'is not a header'],
  ])('the headers %j are refused', async (headers, message) => {
    await expect(call('send', { ...order, headers, body: '' })).rejects.toThrow(message);
  });

  test('a gateway that fails is an answer for people', async () => {
    await expect(call('send', { ...order, stage: 'gone', body: '' })).rejects.toThrow('There is no stage gone');
  });
});
