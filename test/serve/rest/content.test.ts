import { mappedFunction, method, mock, proxied, server, TestGateway, type Loose } from './support';

const BYTES = Buffer.from([0, 255, 128, 65]);
const ENCODED = BYTES.toString('base64');
const MANGLED = BYTES.toString('utf8');

/**
 * The tables of https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html: what a
 * back end gets of a body of bytes, and what a client gets of one.
 */
describe('what a back end gets', () => {
  const sent = async (handling: string | undefined, types: string[], type: string, body: Uint8Array | string) => {
    const gateway = new TestGateway({
      api: { BinaryMediaTypes: types },
      methods: {
        'POST /x': server('HTTP', 'http://b.test', {
          IntegrationHttpMethod: 'POST',
          ...(handling === undefined ? {} : { ContentHandling: handling }),
        }),
      },
    });
    const { status } = await gateway.send('POST', '/x', [['Content-Type', type]], body);
    return status === 200 ? Buffer.from(gateway.calls[0].body) : status;
  };
  const BINARY = ['application/octet-stream'];

  test.each([
    [undefined, BINARY, 'application/octet-stream', BYTES, BYTES],
    [undefined, [], 'application/octet-stream', BYTES, Buffer.from(MANGLED)],
    [undefined, BINARY, 'text/plain', 'text', Buffer.from('text')],
    ['CONVERT_TO_TEXT', BINARY, 'application/octet-stream', BYTES, Buffer.from(ENCODED)],
    ['CONVERT_TO_TEXT', BINARY, 'text/plain', 'text', Buffer.from('text')],
    ['CONVERT_TO_BINARY', BINARY, 'application/octet-stream', BYTES, BYTES],
    ['CONVERT_TO_BINARY', BINARY, 'text/plain', ENCODED, BYTES],
    ['CONVERT_TO_BINARY', [], 'text/plain', ENCODED, BYTES],
    ['CONVERT_TO_BINARY', BINARY, 'text/plain', 'no base64!', 500],
  ])('%s, with %j, of %s', async (handling, types, type, body, expected) => {
    expect(await sent(handling, types, type, body)).toEqual(expected);
  });
});

describe('what a client gets', () => {
  const got = async (handling: string | undefined, types: string[], body: Uint8Array | string, accept?: string) => {
    const response = { StatusCode: '200', ...(handling === undefined ? {} : { ContentHandling: handling }) };
    const gateway = new TestGateway({
      ...{
        api: { BinaryMediaTypes: types },
        methods: { 'GET /x': server('HTTP', 'http://b.test', { IntegrationResponses: [response] }) },
      },
      server: () => ({ body, headers: [['content-type', typeof body === 'string' ? 'text/plain' : 'image/png']] }),
    });
    const { status, bytes } = await gateway.send('GET', '/x', accept === undefined ? [] : [['Accept', accept]]);
    return status === 200 ? Buffer.from(bytes) : status;
  };
  const PNG = ['image/png'];

  test.each([
    [undefined, PNG, BYTES, 'image/png', BYTES],
    [undefined, PNG, BYTES, 'image/png;q=0.9, */*', BYTES],
    [undefined, PNG, BYTES, 'text/html, image/png', Buffer.from(ENCODED)],
    [undefined, PNG, BYTES, undefined, Buffer.from(ENCODED)],
    [undefined, ['*/*'], BYTES, undefined, BYTES],
    [undefined, [], BYTES, 'image/png', Buffer.from(MANGLED)],
    [undefined, PNG, ENCODED, 'image/png', BYTES],
    [undefined, PNG, 'text', undefined, Buffer.from('text')],
    ['CONVERT_TO_TEXT', PNG, BYTES, 'image/png', Buffer.from(ENCODED)],
    ['CONVERT_TO_TEXT', PNG, 'text', undefined, Buffer.from('text')],
    ['CONVERT_TO_BINARY', PNG, ENCODED, undefined, BYTES],
    ['CONVERT_TO_BINARY', PNG, BYTES, 'text/plain', BYTES],
    ['CONVERT_TO_BINARY', PNG, 'no base64!', undefined, 500],
  ])('%s, with %j, of %s for %s', async (handling, types, body, accept, expected) => {
    expect(await got(handling, types, body, accept)).toEqual(expected);
  });
});

describe('proxied functions', () => {
  const gateway = (types: string[], answer: Loose) =>
    new TestGateway({
      ...{ api: { BinaryMediaTypes: types }, methods: { 'POST /x': proxied() } },
      functions: { Fn: () => answer },
    });
  const answer = { statusCode: 200, body: ENCODED, isBase64Encoded: true };

  test('get bytes of the types of the API as base64, and other bodies as text', async () => {
    const one = gateway(['image/*'], answer);
    await one.send('POST', '/x', [['Content-Type', 'image/png']], BYTES);
    expect(one.lastEvent).toMatchObject({ body: ENCODED, isBase64Encoded: true });
    await one.send('POST', '/x', [['Content-Type', 'text/plain']], 'x');
    expect(one.lastEvent).toMatchObject({ body: 'x', isBase64Encoded: false });
    await one.send('POST', '/x', [['Content-Type', 'image/png']]);
    expect(one.lastEvent).toMatchObject({ body: null, isBase64Encoded: false });
  });

  test.each([
    [['image/png'], 'image/png', BYTES],
    [['image/png'], 'text/html', Buffer.from(ENCODED)],
    [['image/*'], 'image/png', BYTES],
    [['*/*'], 'text/html', BYTES],
    [[], 'image/png', Buffer.from(ENCODED)],
  ])('answer bytes with %j to a client that accepts %s', async (types, accept, expected) => {
    const { bytes } = await gateway(types, answer).send('POST', '/x', [['Accept', accept]]);
    expect(Buffer.from(bytes)).toEqual(expected);
  });
});

test('a template cannot read bytes', async () => {
  const gateway = new TestGateway({
    api: { BinaryMediaTypes: ['image/png'] },
    methods: { 'POST /x': method(mappedFunction(undefined, { RequestTemplates: { 'image/png': '{}' } })) },
  });
  const { status, steps } = await gateway.send('POST', '/x', [['Content-Type', 'image/png']], BYTES);
  expect(status).toBe(500);
  expect(steps.at(-2)?.note).toBe('A mapping template cannot read the request body, which is binary');
});

test('a streamed answer comes as it is', async () => {
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield Buffer.from('a');
    yield BYTES;
  }
  const gateway = new TestGateway({
    methods: { 'GET /x': proxied({ ResponseTransferMode: 'STREAM' }), 'GET /y': proxied() },
    invoke: () => ({
      kind: 'stream',
      prelude: { statusCode: 206, headers: { own: '1' }, cookies: ['a=b'] },
      body: chunks(),
    }),
  });
  const { status, headers, bytes } = await gateway.send('GET', '/x');
  expect([status, headers.own, headers['set-cookie'], headers['content-type']]).toEqual([
    ...[206, '1', 'a=b', 'application/json'],
  ]);
  expect(Buffer.from(bytes)).toEqual(Buffer.concat([Buffer.from('a'), BYTES]));
  expect(gateway.invocations[0].streaming).toBe(true);
  await gateway.send('GET', '/y');
  expect(gateway.invocations[1].streaming).toBe(false);
});

test.each([
  ['edge-optimized', {}, 30_000],
  ['edge-optimized', { EndpointConfiguration: { Types: ['EDGE'] } }, 30_000],
  ['Regional', { EndpointConfiguration: { Types: ['REGIONAL'] } }, 300_000],
  ['private', { EndpointConfiguration: { Types: ['PRIVATE'] } }, 300_000],
  ['not known', { EndpointConfiguration: { Types: [{ 'Fn::ImportValue': 'x' }] } }, 300_000],
])('the limits of a stream are those of its endpoint: %s, %j', async (_what, api, idleMs) => {
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield BYTES;
  }
  const gateway = new TestGateway({
    api,
    methods: { 'GET /x': proxied({ ResponseTransferMode: 'STREAM' }), 'GET /y': mock() },
    invoke: () => ({ kind: 'stream', body: chunks() }),
  });
  const limitsOf = async (target: string) => {
    const request = { method: 'GET', target, headers: [], body: new Uint8Array(), sourceIp: '10.0.0.1' };
    return (await gateway.apis[0].handle(request)).answer.limits;
  };
  expect(await limitsOf('/prod/x')).toEqual({ idleMs, totalMs: 900_000 });
  expect(await limitsOf('/prod/y')).toBeUndefined();
});
