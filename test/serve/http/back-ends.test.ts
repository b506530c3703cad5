import * as fc from 'fast-check';
import { BackendError, type HttpCall } from '../../../lib/serve/backends';
import { TestGateway, withFunction, withServer } from './support';

type Setup = ConstructorParameters<typeof TestGateway>[0];

async function called(
  setup: Setup,
  target = '/',
  headers: ReadonlyArray<readonly [string, string]> = [],
  body = '',
  prefix = '',
): Promise<HttpCall> {
  const gateway = new TestGateway(setup);
  expect((await gateway.send('POST', target, headers, body, prefix)).status).toBe(200);
  return gateway.calls[0];
}

const urlOf = async (
  key: string,
  integration: Record<string, unknown>,
  target: string,
  stage?: Record<string, unknown>,
) => {
  const prefix = stage?.StageName === undefined ? '' : `/${String(stage.StageName)}`;
  return (await called({ routes: { [key]: integration }, stage }, prefix + target, [], '', prefix)).url;
};

describe('servers', () => {
  test.each([
    ['POST /a', 'http://b.test/x', '/a?q=1&q=%C3%A9', 'http://b.test/x?q=1&q=%C3%A9'],
    ['POST /a', 'http://b.test/x?own=1', '/a?q=1', 'http://b.test/x?own=1&q=1'],
    ['POST /a', 'http://b.test/x', '/a?q={b}', 'http://b.test/x?q=%7Bb%7D'],
    ['POST /{id}/x', 'http://b.test/{id}/y', '/a%20b/x', 'http://b.test/a%20b/y'],
    ['POST /{all+}', 'http://b.test/base/{all}', '/p/q%3D/r', 'http://b.test/base/p/q%3D/r'],
    ['POST /{all+}', 'http://b.test/base/{all+}', '/p/q', 'http://b.test/base/p/q'],
    ['$default', 'http://b.test/base/', '/p/q?x', 'http://b.test/base/p/q?x'],
    ['$default', 'http://b.test', '/', 'http://b.test/'],
  ])('of %s at %s get %s as %s', async (key, uri, target, url) => {
    expect(await urlOf(key, withServer(uri), target)).toBe(url);
  });

  test('are chosen by stage variables, and asked for another path', async () => {
    const stage = { StageName: 'beta', StageVariables: { host: 'beta.test' } };
    expect(await urlOf('$default', withServer('https://${stageVariables.host}'), '/p', stage)).toBe(
      'https://beta.test/p',
    );
    const parameters = {
      RequestParameters: { 'overwrite:path': '/new/${request.path.id}', 'append:querystring.a': '1' },
    };
    expect(await urlOf('POST /{id}', withServer('http://b.test/old/path?z=1', parameters), '/7', stage)).toBe(
      'http://b.test/new/7?z=1&a=1',
    );
  });

  test('get the request, and who sent it', async () => {
    const headers = [
      ['Host', 'shop.test'],
      ['Accept', 'x'],
      ['accept', 'y'],
      ['Connection', 'close'],
      ['cookie', 'a=1'],
    ] as const;
    const call = await called({ routes: { $default: withServer('http://b.test') } }, '/', headers, 'body');
    expect(call).toMatchObject({ method: 'POST', timeoutInMs: 30_000 });
    expect(Buffer.from(call.body).toString()).toBe('body');
    expect(call.headers).toEqual([
      ['accept', 'x'],
      ['accept', 'y'],
      ['cookie', 'a=1'],
      ['x-amzn-trace-id', expect.any(String)],
      ['x-forwarded-for', '10.0.0.1'],
      ['forwarded', 'by=127.0.0.1;for=10.0.0.1;host=abc.example.com;proto=https'],
      ['via', 'HTTP/1.1 AmazonAPIGateway'],
    ]);
    const own = withServer('http://b.test', { IntegrationMethod: 'GET', TimeoutInMillis: 1000 });
    expect(await called({ routes: { $default: own } })).toMatchObject({ method: 'GET', timeoutInMs: 1000 });
  });

  test('answer through the response parameters of their status', async () => {
    const ResponseParameters = {
      '404': {
        ResponseParameters: [
          { Destination: 'overwrite:statuscode', Source: '200' },
          { Destination: 'append:header.was', Source: '$response.body.what' },
        ],
      },
    };
    const gateway = new TestGateway({
      routes: { $default: withServer('http://b.test', { ResponseParameters }) },
      server: ({ url }) => ({
        status: url.endsWith('/none') ? 404 : 201,
        headers: [
          ['Content-Type', 'a/b'],
          ['Connection', 'x'],
          ['Content-Length', '9'],
          ['Set-Cookie', 'a'],
          ['Set-Cookie', 'b'],
        ],
        body: Buffer.from('{"what":"gone"}'),
      }),
    });
    const changed = await gateway.send('GET', '/none');
    expect([changed.status, changed.headers.was]).toEqual([200, 'gone']);
    const { status, headers } = await gateway.send('GET', '/there');
    expect({ status, headers }).toEqual({
      status: 201,
      headers: { 'content-type': 'a/b', 'set-cookie': 'a, b', 'apigw-requestid': expect.stringMatching(/=$/) },
    });
  });

  const listener =
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/My_LB/50dc6c495c0c9188/f2f7dc8efc522ab2';
  const link = { ConnectionType: 'VPC_LINK', ConnectionId: 'link' };
  test.each([
    [listener, {}, 'http://my-lb.vpc-link.internal/beta/p/q?x=1'],
    [listener, { TlsConfig: {} }, 'https://my-lb.vpc-link.internal/beta/p/q?x=1'],
    [listener, { RequestParameters: { 'overwrite:path': '$request.path' } }, 'http://my-lb.vpc-link.internal/p/q?x=1'],
    [
      'arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1a2b',
      {},
      'http://srv-1a2b.vpc-link.internal/beta/p/q?x=1',
    ],
    [{ Ref: 'Listener' }, {}, 'http://listener.vpc-link.internal/beta/p/q?x=1'],
  ])('behind a VPC link: %j %j is %s', async (uri, more, url) => {
    expect(await urlOf('POST /{all+}', withServer(uri, { ...link, ...more }), '/p/q?x=1', { StageName: 'beta' })).toBe(
      url,
    );
  });

  test.each([
    ['timeout', 503, 'Service Unavailable'],
    ['connection', 503, 'Service Unavailable'],
    ['refused', 500, 'Internal Server Error'],
  ] as const)('with the fault %s are a %d', async (kind, status, message) => {
    const fail = () => {
      throw new BackendError(kind, 'why');
    };
    const routes = { 'GET /s': withServer('http://b.test'), 'GET /f': withFunction() };
    const gateway = new TestGateway({ routes, server: fail, functions: { Fn: fail } });
    for (const target of ['/s', '/f']) {
      const answer = await gateway.send('GET', target);
      expect([answer.status, answer.text]).toEqual([status, JSON.stringify({ message })]);
      expect(answer.steps.find(({ stage }) => stage === 'integration')?.note).toBe('why');
    }
  });

  test('without a URL are a 500', async () => {
    const gateway = new TestGateway({ routes: { $default: withServer('b.test/x') } });
    expect((await gateway.send('GET', '/')).status).toBe(500);
  });
});

describe('functions', () => {
  test('that fail or answer in another form are a 500', async () => {
    const gateway = new TestGateway({
      routes: { 'GET /1': withFunction('1.0'), 'GET /2': withFunction('2.0') },
      functions: {
        Fn: ({ version }) => {
          if (version === '2.0') throw new Error('x');
          return 'text';
        },
      },
    });
    for (const target of ['/1', '/2']) {
      const { status, text } = await gateway.send('GET', target);
      expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
    }
  });

  test('get what request parameters change', async () => {
    const RequestParameters = { 'overwrite:header.a': '$request.querystring.q', 'overwrite:path': '/new' };
    const gateway = new TestGateway({ routes: { $default: withFunction('2.0', { RequestParameters }) } });
    await gateway.send('GET', '/old?q=1', [['a', 'b']]);
    expect(gateway.events[0]).toMatchObject({ rawPath: '/new', headers: { a: '1' } });
  });
});

test('whatever a client sends gets an answer', async () => {
  const gateway = new TestGateway({
    routes: { 'GET /{id}': withFunction(), 'ANY /s/{all+}': withServer('http://b.test/{all}') },
    server: ({ url }) => ({ status: URL.canParse(url) ? 200 : 599, headers: [], body: Buffer.from('') }),
  });
  const target = fc.string().map((text) => `/${text}`);
  const header = fc.tuple(fc.stringMatching(/^[!#$%&'*+.^_`|~a-zA-Z0-9-]{1,8}$/), fc.string());
  await fc.assert(
    fc.asyncProperty(
      target,
      fc.array(header),
      fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD'),
      async (path, headers, method) => {
        for (const each of [path, `/s${path}`]) {
          const { status } = await gateway.send(method, each, headers);
          expect([200, 404]).toContain(status);
        }
      },
    ),
  );
});
