import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { mock, proxied, server, TestGateway } from './support';

const text = 'a'.repeat(100);

describe('bodies of requests', () => {
  const gateway = new TestGateway({ methods: { 'POST /x': proxied() } });
  const send = (coding: string, body: string | Uint8Array) =>
    gateway.send('POST', '/x', [['Content-Encoding', coding]], body);

  test.each([
    ['gzip', gzipSync(text)],
    ['GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['identity', Buffer.from(text)],
  ])('are expanded: %s', async (coding, body) => {
    expect((await send(coding, body)).status).toBe(200);
    expect(gateway.lastEvent.body).toBe(text);
  });

  test.each([
    ['br', gzipSync(text)],
    ['gzip', deflateSync(text)],
    ['deflate', Buffer.from(text)],
  ])('are refused if they are none of %s', async (coding, body) => {
    const { status, text: answered } = await send(coding, body);
    expect([status, answered]).toEqual([415, '{"message":"Unsupported Media Type"}']);
  });

  test('without a body the coding does not matter', async () => {
    expect((await send('br', '')).status).toBe(200);
  });

  test('one that is too large once it is expanded', async () => {
    expect((await send('gzip', gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1)))).status).toBe(413);
    expect((await send('gzip', gzipSync(Buffer.alloc(10 * 1024 * 1024)))).status).toBe(200);
  });
});

describe('bodies of answers', () => {
  const gateway = new TestGateway({
    api: { MinimumCompressionSize: 100 },
    methods: {
      'GET /full': mock(text),
      'GET /short': mock(text.slice(1)),
      'GET /coded': server('HTTP_PROXY', 'http://b.test'),
    },
    server: () => ({ body: text, headers: [['content-encoding', 'br']] }),
  });
  const get = (target: string, accepted?: string, from = gateway) =>
    from.send('GET', target, accepted === undefined ? [] : [['Accept-Encoding', accepted]]);

  test.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['deflate;q=1, gzip;q=0.5', 'deflate'],
    ['gzip;q=0.2,deflate;q=0.9', 'deflate'],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['gzip;q=0', undefined],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('for a client that accepts %s: %s', async (accepted, coding) => {
    const { headers, bytes } = await get('/full', accepted);
    expect(headers['content-encoding']).toBe(coding);
    const expand =
      { gzip: gunzipSync, deflate: inflateSync }[coding ?? ''] ?? ((body: Uint8Array) => Buffer.from(body));
    expect(expand(bytes).toString()).toBe(text);
  });

  test('not below the size of the API, and not twice', async () => {
    expect((await get('/short', 'gzip')).headers).not.toHaveProperty('content-encoding');
    expect(await get('/coded', 'gzip')).toMatchObject({ text, headers: { 'content-encoding': 'br' } });
  });

  test('not if the API does not compress', async () => {
    const plain = new TestGateway({ methods: { 'GET /full': mock(text) } });
    expect((await get('/full', 'gzip', plain)).headers).not.toHaveProperty('content-encoding');
  });
});

describe('sizes', () => {
  test('an answer of more than 10 MB', async () => {
    let size = 10 * 1024 * 1024;
    const methods = { 'GET /x': server('HTTP_PROXY', 'http://b.test') };
    const gateway = new TestGateway({ methods, server: () => ({ body: Buffer.alloc(size) }) });
    expect((await gateway.send('GET', '/x')).status).toBe(200);
    size += 1;
    expect(await gateway.send('GET', '/x')).toMatchObject({ status: 500, text: '{"message":"Internal server error"}' });
  });

  test('an event that Lambda does not take', async () => {
    const gateway = new TestGateway({
      methods: { 'POST /x': proxied() },
      invoke: () => ({ kind: 'refused', reason: 'Request must be smaller', tooLarge: true }),
    });
    expect(await gateway.send('POST', '/x')).toMatchObject({ status: 413, text: '{"message":"Request Too Long"}' });
  });

  test('a head that the service does not take is told', async () => {
    const gateway = new TestGateway({ methods: { 'GET /x': mock() } });
    const noteFor = async (length: number) =>
      (await gateway.send('GET', '/x', [['Cookie', 'c'.repeat(length)]])).steps[0].note;
    expect(await noteFor(10_300)).toMatch(/have 10320 bytes, and AWS takes only 10240$/);
    expect(await noteFor(10_220)).not.toMatch(/AWS/);
  });
});
