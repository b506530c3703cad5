import { BackendError } from '../../../lib/serve/backends';
import { guard, TestRestApi, withFunction, withMock, withServer } from './support';

const reply = (body: string | Uint8Array, ...headers: [string, string][]) => ({
  ...{ status: 200, headers, body: Buffer.from(body) },
});

describe('a proxied server', () => {
  const proxied = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://server.example.com/in' };

  test('gives its own trace id, and none is added', async () => {
    const api = new TestRestApi({ methods: { 'GET /a': proxied } });
    expect((await api.send('GET /a')).headers).not.toHaveProperty('x-amzn-trace-id');
    const own = new TestRestApi({
      methods: { 'GET /a': proxied },
      server: () => reply('', ['X-Amzn-Trace-Id', 'own']),
    });
    expect((await own.send('GET /a')).headers['x-amzn-trace-id']).toEqual(['own']);
  });

  test('gets the type of JSON if it gives none', async () => {
    const api = new TestRestApi({ methods: { 'GET /a': proxied } });
    expect((await api.send('GET /a')).headers['content-type']).toEqual(['application/json']);
    const own = new TestRestApi({ methods: { 'GET /a': proxied }, server: () => reply('', ['content-type', 'a/b']) });
    expect((await own.send('GET /a')).headers['content-type']).toEqual(['a/b']);
  });

  test('has its request id renamed', async () => {
    const api = new TestRestApi({
      methods: { 'GET /a': proxied },
      server: () => reply('', ['X-Amzn-RequestId', 'own']),
    });
    const { headers } = await api.send('GET /a');
    expect(headers['x-amzn-remapped-x-amzn-requestid']).toEqual(['own']);
    expect(headers['x-amzn-requestid']).toHaveLength(1);
  });
});

describe('overrides of an answer', () => {
  const answered = async (template: string) => {
    const api = new TestRestApi({
      methods: { 'GET /a': withServer({}, { StatusCode: '300', ResponseTemplates: { 'application/json': template } }) },
    });
    return api.send('GET /a');
  };

  test.each([
    [99, 300],
    [100, 100],
    [599, 599],
    [600, 300],
  ])('the status %i makes it %i', async (set, expected) => {
    expect((await answered(`#set($context.responseOverride.status = ${set})`)).status).toBe(expected);
  });

  test.each([
    '#set($context.responseOverride.status = 201)#set($context.responseOverride.status = 202)',
    '#set($context.responseOverride.header.a = "1")$context.responseOverride.header.put("a", "2")',
    '#set($context.requestOverride.path.a = "1")#set($context.requestOverride.path.a = "2")',
  ])('are final: %s', async (template) => {
    expect((await answered(template)).status).toBe(500);
  });

  test('each value of a list is a header', async () => {
    const { headers } = await answered('#set($context.responseOverride.header.two = ["1", "2"])');
    expect(headers.two).toEqual(['1', '2']);
  });
});

describe('headers mapped from the body of a server', () => {
  const answered = async (path: string, body: string) => {
    const parameters = { 'method.response.header.h': `integration.response.body${path}` };
    const api = new TestRestApi({
      methods: { 'GET /a': withServer({}, { ResponseParameters: parameters }) },
      server: () => reply(body),
    });
    const { status, headers } = await api.send('GET /a');
    return [status, headers.h];
  };

  test.each([
    ['', '', [200, ['{}']]],
    ['', '<x/>', [200, ['<x/>']]],
    ['', '{no', [500, undefined]],
    ['.a', '{no', [500, undefined]],
    ['.a', 'no', [200, undefined]],
    ['.a.b', 'no', [200, undefined]],
    ['.a.b', '{"a":"{no"}', [200, undefined]],
    ['.a.b', '{"a":"{\\"b\\":1}"}', [200, ['1']]],
  ])('%j of %j', async (path, body, expected) => {
    expect(await answered(path, body)).toEqual(expected);
  });
});

describe('bytes', () => {
  const BYTES = Uint8Array.of(0xff, 0xd8, 0);
  const BASE64 = Buffer.from(BYTES).toString('base64');
  const types = (...all: string[]) => ({ BinaryMediaTypes: all });
  const play = (body: string) => () => ({ statusCode: 200, body, isBase64Encoded: true });

  test.each([
    ['image/*', 'image/png', true],
    ['image/*', 'image/*;q=1, text/html', true],
    ['image/*', 'text/html, image/png', false],
    ['image/*', '*/*', false],
    ['*/x', 'image/x', false],
    ['image/png', 'image/*', false],
  ])('an API with %s and a client that accepts %s: decoded is %s', async (type, accept, isDecoded) => {
    const api = new TestRestApi({
      methods: { 'GET /a': withFunction('AWS_PROXY') },
      ...{ api: types(type), play: play(BASE64) },
    });
    const { bytes } = await api.send('GET /a', { Accept: accept });
    expect(bytes.equals(isDecoded ? BYTES : Buffer.from(BASE64))).toBe(true);
  });

  test('come out of a text of a function that is not proxied', async () => {
    const responses = [{ StatusCode: '200', ContentHandling: 'CONVERT_TO_BINARY' }];
    const api = new TestRestApi({
      methods: { 'GET /a': withFunction('AWS', { IntegrationResponses: responses }) },
      play: () => BASE64,
    });
    expect((await api.send('GET /a')).bytes.equals(BYTES)).toBe(true);
  });

  test('of a function that are not base64 are an error', async () => {
    const api = new TestRestApi({
      methods: { 'GET /a': withFunction('AWS_PROXY') },
      ...{ api: types('image/png'), play: play('no base64!') },
    });
    expect((await api.send('GET /a', { Accept: 'image/png' })).status).toBe(500);
  });

  test.each([
    [undefined, false],
    ['application/json', true],
  ])('a request of the type %s to an API with application/*: base64 in the event is %s', async (type, isBase64) => {
    const api = new TestRestApi({ methods: { 'POST /a': withFunction('AWS_PROXY') }, api: types('application/*') });
    await api.send('POST /a', type === undefined ? {} : { 'Content-Type': type }, '{}');
    expect(api.events[0]).toMatchObject({ isBase64Encoded: isBase64, body: isBase64 ? 'e30=' : '{}' });
  });

  test.each([
    [BASE64, 'image/png', 200, BYTES],
    ['no base64', 'image/png', 500, undefined],
    [BASE64, 'text/plain', 200, BASE64],
  ])('a server that answers the text %s to a client that accepts %s: status %i', async (body, accept, status, sent) => {
    const api = new TestRestApi({
      methods: { 'GET /a': withServer() },
      ...{ api: types('image/png'), server: () => reply(body, ['content-type', 'text/plain']) },
    });
    const answered = await api.send('GET /a', { Accept: accept });
    expect(answered.status).toBe(status);
    if (sent !== undefined) expect(answered.bytes.equals(Buffer.from(sent))).toBe(true);
  });
});

describe('what fails', () => {
  test.each(['HTTP', 'HTTP_PROXY'])('a server that cannot be reached, behind %s', async (type) => {
    const api = new TestRestApi({
      methods: { 'GET /a': withServer({ Type: type }) },
      server: () => {
        throw new BackendError('connection', 'Nobody is there');
      },
    });
    const { status, text } = await api.send('GET /a');
    expect([status, JSON.parse(text)]).toEqual([504, { message: 'Network error communicating with endpoint' }]);
  });

  test.each([
    ['.*', 500],
    ['', 500],
    ['.+', 200],
  ])('a function that succeeds is selected by a pattern that takes nothing: %j', async (pattern, status) => {
    const responses = [{ StatusCode: '200' }, { StatusCode: '500', SelectionPattern: pattern }];
    const api = new TestRestApi({
      methods: {
        'GET /a': withFunction('AWS', { IntegrationResponses: pattern === '' ? responses.slice(1) : responses }),
      },
    });
    expect((await api.send('GET /a')).status).toBe(status);
  });

  test('an authorizer that names no principal', async () => {
    const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }];
    const answer = (more: object) => ({ policyDocument: { Version: '2012-10-17', Statement }, ...more });
    const statusOf = async (more: object) => {
      const api = new TestRestApi({
        methods: {
          'GET /a': {
            ...{ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } },
            Integration: withMock('in'),
          },
        },
        resources: { Guard: guard() },
        play: () => answer(more),
      });
      return (await api.send('GET /a', { Authorization: 'x' })).status;
    };
    expect(await statusOf({ principalId: 'ann' })).toBe(200);
    expect(await statusOf({})).toBe(500);
  });
});

describe('gateway responses', () => {
  const customized = (type: string, more: object) => ({
    Custom: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: { RestApiId: { Ref: 'Api' }, ResponseType: type, ...more },
    },
  });

  test('keep the names of their headers', async () => {
    const parameters = { 'gatewayresponse.header.WWW-Authenticate': "'Basic'" };
    const api = new TestRestApi({
      methods: { 'GET /a': withMock('in') },
      resources: customized('MISSING_AUTHENTICATION_TOKEN', { ResponseParameters: parameters }),
    });
    expect((await api.send('GET /b')).headers['www-authenticate']).toEqual(['Basic']);
  });

  test.each(['REQUEST_TOO_LARGE', 'DEFAULT_4XX'])(
    'do not change what a body that is too large gets: %s',
    async (type) => {
      const api = new TestRestApi({
        methods: { 'POST /a': withMock('in') },
        resources: customized(type, { StatusCode: '418' }),
      });
      expect((await api.send('POST /a', {}, Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413);
    },
  );
});
