import { TestRestApi, withFunction, withMock, withServer } from './support';

describe('paths', () => {
  const api = (...lines: string[]) =>
    new TestRestApi({ methods: Object.fromEntries(lines.map((each) => [each, withMock(each)])) });

  test.each([
    ['OPTIONS /a', 'OPTIONS /{proxy+}'],
    ['POST /a', 'POST /a'],
    ['OPTIONS /a/b', 'ANY /a/b'],
    ['OPTIONS /a/c', 'OPTIONS /{proxy+}'],
  ])('a less specific path takes the methods that the others lack: %s', async (line, expected) => {
    const answered = await api('POST /a', 'ANY /a/b', 'OPTIONS /{proxy+}').send(line);
    expect([answered.status, answered.text]).toEqual([200, expected]);
  });

  test('a method that no path has is refused', async () => {
    expect((await api('POST /a', 'OPTIONS /{proxy+}').send('GET /a')).status).toBe(403);
  });
});

test('missing parameters are named by their place, then by their name', async () => {
  const required = ['querystring.b', 'querystring.a', 'path.p', 'header.z'];
  const api = new TestRestApi({
    methods: {
      'GET /a': {
        Integration: withMock('in'),
        RequestValidatorId: { Ref: 'Validator' },
        RequestParameters: Object.fromEntries(required.map((each) => [`method.request.${each}`, true])),
      },
    },
    resources: {
      Validator: {
        Type: 'AWS::ApiGateway::RequestValidator',
        Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
      },
    },
  });
  expect(JSON.parse((await api.send('GET /a')).text)).toEqual({
    message: 'Missing required request parameters: [z, p, a, b]',
  });
});

describe('headers that a mapping may not set', () => {
  const mapped = (name: string) => ({ RequestParameters: { [`integration.request.header.${name}`]: "'x'" } });

  test.each([
    'Authorization',
    'Connection',
    'Content-Length',
    'Expect',
    'Proxy-Authenticate',
    'TE',
    'Transfer-Encoding',
  ])('%s fails the call of a function, proxied or not', async (name) => {
    const api = new TestRestApi({
      methods: { 'GET /a': withFunction('AWS', mapped(name)), 'GET /b': withFunction('AWS_PROXY', mapped(name)) },
    });
    for (const line of ['GET /a', 'GET /b']) {
      const { status, text, headers } = await api.send(line);
      expect([status, text]).toEqual([500, '{"message":"Internal server error"}']);
      expect(headers['x-amzn-errortype']).toEqual(['InternalServerErrorException']);
    }
    expect(api.events).toEqual([]);
  });

  test('a server gets Authorization, and not TE', async () => {
    const api = new TestRestApi({
      methods: { 'GET /a': withServer(mapped('Authorization')), 'GET /b': withServer(mapped('TE')) },
    });
    expect((await api.send('GET /a')).status).toBe(200);
    expect(api.sent('authorization')).toEqual(['x']);
    expect((await api.send('GET /b')).status).toBe(200);
    expect(api.sent('te')).toEqual([]);
  });
});

describe('what a server gets', () => {
  test('the type of the body as the client wrote it, else JSON', async () => {
    const api = new TestRestApi({ methods: { 'POST /a': withServer() } });
    await api.send('POST /a', { 'Content-Type': 'Text/Plain; charset=utf-8' }, 'x');
    expect(api.sent('content-type')).toEqual(['Text/Plain; charset=utf-8']);
    await api.send('POST /a', {}, 'x');
    expect(api.sent('content-type')).toEqual(['application/json']);
  });

  test('the template named $default, if none is for the type', async () => {
    const templates = { $default: 'any', 'application/json': 'json' };
    const api = new TestRestApi({
      methods: { 'POST /a': withServer({ RequestTemplates: templates, PassthroughBehavior: 'NEVER' }) },
    });
    const sent = async (type: string) => {
      await api.send('POST /a', { 'Content-Type': type }, 'x');
      return Buffer.from(api.calls.at(-1)?.body ?? '').toString();
    };
    expect(await sent('text/plain')).toBe('any');
    expect(await sent('application/json')).toBe('json');
  });

  test('several values of a header in one, and several of an override each by itself', async () => {
    const api = new TestRestApi({
      methods: {
        'POST /a': withServer({
          RequestParameters: { 'integration.request.header.all': 'method.request.multivalueheader.some' },
          RequestTemplates: { 'application/json': '#set($context.requestOverride.header.two = ["1", "2"])' },
        }),
      },
    });
    await api.send('POST /a', { some: 'a', Some: 'b' });
    expect([api.sent('all'), api.sent('two')]).toEqual([['a,b'], ['1', '2']]);
  });

  test.each([
    ['{no', 400],
    [' [no', 400],
    ['no', 200],
    ['', 200],
  ])('a mapped body that begins like JSON has to be JSON: %j', async (body, status) => {
    const api = new TestRestApi({
      methods: {
        'POST /a': withServer({ RequestParameters: { 'integration.request.header.b': 'method.request.body' } }),
      },
    });
    expect((await api.send('POST /a', {}, body)).status).toBe(status);
    if (status === 200) expect(api.sent('b')).toEqual([body === '' ? '{}' : body]);
  });
});

describe('notes of the documentation', () => {
  test.each([
    ['x=1;y=2&z=3', { x: '1', y: '2', z: '3' }],
    ['x=1%3B2', { x: '1;2' }],
  ])('a semicolon divides the query %s', async (query, expected) => {
    const api = new TestRestApi({ methods: { 'GET /a': withFunction('AWS_PROXY') } });
    await api.send(`GET /a?${query}`);
    expect(api.events[0]).toMatchObject({ queryStringParameters: expected });
  });

  test('names of headers that are mapped or required have the case of the client', async () => {
    const parameters = { 'integration.request.header.f': 'method.request.header.X-Foo' };
    const api = new TestRestApi({
      methods: {
        'GET /a': withServer({ RequestParameters: parameters }),
        'GET /b': {
          Integration: withMock('in'),
          RequestValidatorId: { Ref: 'Validator' },
          RequestParameters: { 'method.request.header.X-Foo': true },
        },
      },
      resources: {
        Validator: {
          Type: 'AWS::ApiGateway::RequestValidator',
          Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
        },
      },
    });
    for (const [name, mapped, status] of [
      ['X-Foo', ['1'], 200],
      ['x-foo', [], 400],
    ] as const) {
      await api.send('GET /a', { [name]: '1' });
      expect(api.sent('f')).toEqual(mapped);
      expect((await api.send('GET /b', { [name]: '1' })).status).toBe(status);
    }
  });

  test.each([
    ['DELETE', 'deleted'],
    ['patch', 'patched'],
    ['ODD', 'posted'],
  ])('X-HTTP-Method-Override: %s', async (override, expected) => {
    const api = new TestRestApi({
      methods: { 'DELETE /a': withMock('deleted'), 'PATCH /a': withMock('patched'), 'POST /a': withMock('posted') },
    });
    expect((await api.send('POST /a', { 'X-HTTP-Method-Override': override })).text).toBe(expected);
  });
});
