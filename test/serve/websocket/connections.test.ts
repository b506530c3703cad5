import { type ApiUnderTest, TestApi } from './support';

const apiWith = (test: Partial<ApiUnderTest> = {}): TestApi =>
  new TestApi({
    routes: { $connect: { to: 'In' }, $default: { to: 'Fn' }, $disconnect: { to: 'Out' } },
    functions: { In: () => ({ statusCode: 200 }), Fn: () => ({ statusCode: 200 }), Out: () => ({ statusCode: 200 }) },
    ...test,
  });

describe('the API for connections', () => {
  test('posts to a connection', async () => {
    const api = apiWith();
    const [a, b] = [await api.client(), await api.client()];
    expect(await api.manage('POST', a.connection.id, 'héllo')).toMatchObject({ status: 200, text: '' });
    expect([a.messages, b.messages]).toEqual([['héllo'], []]);
  });

  test('tells of a connection', async () => {
    const api = apiWith();
    const { connection } = await api.client({ 'User-Agent': 'cli' });
    api.now += 1000;
    await connection.receive('x');
    const { status, text } = await api.manage('GET', connection.id);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      connectedAt: '2026-11-30T12:00:00.000Z',
      lastActiveAt: '2026-11-30T12:00:01.000Z',
      identity: { sourceIp: '192.0.2.7', userAgent: 'cli' },
    });
  });

  test('closes a connection, which is gone at once', async () => {
    const api = apiWith();
    const client = await api.client();
    expect(await api.manage('DELETE', client.connection.id)).toMatchObject({ status: 204 });
    expect(client.closedWith).toMatchObject({ code: 1000 });
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, answer } = await api.manage(method, client.connection.id);
      expect([status, Object.fromEntries(answer.headers)['x-amzn-ErrorType']]).toEqual([410, 'GoneException']);
    }
  });

  test('knows a connection only after $connect has let it in', async () => {
    const statuses: Promise<{ status: number }>[] = [];
    const In = ({ requestContext }: { requestContext?: unknown }): object => {
      statuses.push(api.manage('POST', (requestContext as { connectionId: string }).connectionId, 'early'));
      return { statusCode: 200 };
    };
    const api: TestApi = apiWith({ functions: { In } });
    const client = await api.client();
    expect(await statuses[0]).toMatchObject({ status: 410 });
    expect(client.messages).toEqual([]);
  });

  test('takes messages of 128 KB and no more', async () => {
    const api = apiWith();
    const client = await api.client();
    expect(await api.manage('POST', client.connection.id, 'a'.repeat(128 * 1024))).toMatchObject({ status: 200 });
    expect(await api.manage('POST', client.connection.id, 'a'.repeat(128 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(client.messages).toHaveLength(1);
  });

  test('is all that answers plain requests', async () => {
    const api = apiWith();
    const client = await api.client();
    expect(await api.manage('PUT', client.connection.id)).toMatchObject({ status: 403 });
    const request = { method: 'GET', target: '/prod', headers: [], body: new Uint8Array(), sourceIp: '' };
    expect(await api.gateway.manage(request, '/prod')).toMatchObject({ answer: { status: 403 } });
  });

  test('takes paths that are encoded in whichever way', async () => {
    const api = apiWith();
    const client = await api.client();
    const { id } = client.connection;
    for (const path of [`/@connections/${id}`, `/%40connections/${encodeURIComponent(id)}`]) {
      const request = { method: 'POST', target: `/prod${path}`, headers: [], body: Buffer.from('x'), sourceIp: '' };
      expect((await api.gateway.manage(request, '/prod')).answer.status).toBe(200);
    }
    const odd = { method: 'GET', target: '/prod/@connections/%E0', headers: [], body: new Uint8Array(), sourceIp: '' };
    expect((await api.gateway.manage(odd, '/prod')).answer.status).toBe(410);
  });
});

describe('a connection that is closed', () => {
  test.each([
    [1001, 'bye', { disconnectStatusCode: 1001, disconnectReason: 'bye' }],
    [1006, '', { disconnectStatusCode: 1006, disconnectReason: '' }],
    [1005, '', { disconnectStatusCode: 1005, disconnectReason: 'Client-side close frame status not set' }],
  ])('with code %d is announced once', async (code, reason, expected) => {
    const api = apiWith();
    const { connection } = await api.client({ Own: 'a' }, '/prod?room=a');
    expect(await connection.closed(code, reason)).toMatchObject({ method: 'DISCONNECT', route: '$disconnect' });
    expect(api.eventOf('Out')).toEqual({
      headers: { Host: 'localhost:3001', 'x-api-key': '', 'X-Forwarded-For': '192.0.2.7', 'x-restapi': '' },
      multiValueHeaders: expect.objectContaining({ 'x-restapi': [''] }),
      requestContext: expect.objectContaining({
        ...{ routeKey: '$disconnect', eventType: 'DISCONNECT', connectionId: connection.id, ...expected },
      }),
      isBase64Encoded: false,
    });
    await connection.closed(code, reason);
    expect(api.countOf('Out')).toBe(1);
    expect(await api.manage('GET', connection.id)).toMatchObject({ status: 410 });
  });

  test('needs no route, and nobody is told of a failure', async () => {
    const fails = apiWith({ functions: { In: () => ({ statusCode: 200 }) } });
    const client = await fails.client();
    expect(await client.connection.closed()).toMatchObject({ status: 500 });
    expect(client.messages).toEqual([]);
    const none = apiWith({ routes: {} });
    expect(await (await none.client()).connection.closed()).toMatchObject({ status: 200 });
  });
});

describe('the limits of a connection', () => {
  const MINUTE = 60_000;

  test('ten minutes without a message, a post or a ping', async () => {
    const api = apiWith();
    const client = await api.client();
    const pass = (minutes: number): void => {
      api.now += minutes * MINUTE;
      api.gateway.expire();
    };
    pass(9);
    await client.say('x');
    pass(9);
    await api.manage('POST', client.connection.id, 'y');
    pass(9);
    client.connection.touch();
    pass(9.9);
    expect(client.closedWith).toBeUndefined();
    pass(0.1);
    expect(client.closedWith).toEqual({ code: 1001, reason: 'Going away' });
    expect(await api.manage('POST', client.connection.id, 'y')).toMatchObject({ status: 410 });
  });

  test('two hours in all', async () => {
    const api = apiWith();
    const client = await api.client();
    const pass = (minutes: number): void => {
      api.now += minutes * MINUTE;
      api.gateway.expire();
    };
    for (let each = 0; each < 17; each++) {
      pass(7);
      client.connection.touch();
    }
    expect(client.closedWith).toBeUndefined();
    pass(1);
    expect(client.closedWith).toMatchObject({ code: 1001 });
  });

  test.each<[string, string | Uint8Array, number | undefined, number | undefined]>([
    ['a frame of 32 KB', 'a'.repeat(32 * 1024), undefined, undefined],
    ['a longer frame', 'a'.repeat(32 * 1024 + 1), undefined, 1009],
    ['a message of 128 KB in frames', 'a'.repeat(128 * 1024), 32 * 1024, undefined],
    ['a longer message in frames', 'a'.repeat(128 * 1024 + 1), 32 * 1024, 1009],
    ['32 KB of longer characters', 'é'.repeat(16 * 1024 + 1), undefined, 1009],
    ['bytes', new Uint8Array([1]), undefined, 1003],
  ])('%s', async (_, data, longestFrame, code) => {
    const api = apiWith();
    const client = await api.client();
    await client.connection.receive(data, longestFrame);
    expect([client.closedWith?.code, api.countOf('Fn')]).toEqual([code, code === undefined ? 1 : 0]);
  });

  test('nothing is sent or received once it closes', async () => {
    const api = apiWith();
    const client = await api.client();
    client.connection.shut('deleted');
    expect(await client.say('x')).toBeUndefined();
    client.connection.send('y');
    expect([api.countOf('Fn'), client.messages]).toEqual([0, []]);
  });
});
