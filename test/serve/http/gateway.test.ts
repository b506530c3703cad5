import { TestGateway, withFunction, withServer } from './support';

test('a path without a route is a 404, as JSON and with the id of the request', async () => {
  const { status, text, headers, steps } = await new TestGateway({ routes: {} }).send('GET', '/x');
  expect([status, text]).toEqual([404, '{"message":"Not Found"}']);
  expect(headers).toEqual({
    'content-type': 'application/json',
    'apigw-requestid': expect.stringMatching(/^\d{15}=$/),
  });
  expect(steps.map(({ stage, note }) => [stage, note])).toEqual([
    ['request', 'no media type, 0 bytes'],
    ['route', 'No route for GET /x'],
    ['gatewayResponse', 'RESOURCE_NOT_FOUND: status 404; No route for GET /x'],
  ]);
});

test('the trace names the places of the template', async () => {
  const gateway = new TestGateway({ routes: { 'GET /x': withFunction() } });
  const { steps } = await gateway.send('GET', '/x');
  const places = steps.map(({ stage, because = [] }) => [stage, ...because.map(({ logicalId }) => logicalId)]);
  expect(places).toEqual([['request'], ['route', 'Route0'], ['integration', 'Integration0']]);
});

test('a body of more than 10 MB is a 413', async () => {
  const gateway = new TestGateway({ routes: { $default: withServer('http://b.test') } });
  const max = 'a'.repeat(10 * 1024 * 1024);
  expect((await gateway.send('POST', '/', [], max)).status).toBe(200);
  const { status, text } = await gateway.send('POST', '/', [], `${max}a`);
  expect([status, text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
});

test('an answer to HEAD has no body', async () => {
  const gateway = new TestGateway({ routes: { 'ANY /x': withFunction() } });
  expect(await gateway.send('HEAD', '/x')).toMatchObject({ status: 200, text: '' });
});

test('routes are throttled by their own settings, otherwise by those of all', async () => {
  let at = 0;
  const gateway = new TestGateway({
    ...{ routes: { 'GET /a': withFunction(), 'GET /b': withFunction(), 'GET /c': withFunction() }, now: () => at },
    stage: {
      DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
      RouteSettings: { 'GET /b': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
    },
  });
  const statuses = async (target: string) => {
    const all = [];
    for (let count = 0; count < 3; count++) all.push((await gateway.send('GET', target)).status);
    return all;
  };
  expect(await statuses('/a')).toEqual([200, 429, 429]);
  expect(await statuses('/b')).toEqual([200, 200, 429]);
  expect(await statuses('/c')).toEqual([200, 429, 429]);
  at += 1000;
  expect((await gateway.send('GET', '/a')).status).toBe(200);
  expect(await gateway.send('GET', '/a')).toMatchObject({ status: 429, text: '{"message":"Too Many Requests"}' });
});

test('a quick create has a route and a stage', async () => {
  const open = new TestGateway({ api: { Target: 'https://b.test/base' } });
  expect((await open.send('GET', '/x')).text).toBe('served');
  expect(open.calls[0].url).toBe('https://b.test/base/x');
  const keyed = new TestGateway({ api: { Target: { 'Fn::GetAtt': ['Fn', 'Arn'] }, RouteKey: 'GET /x' } });
  expect((await keyed.send('GET', '/x')).text).toBe('played');
  expect(keyed.events[0]).toMatchObject({ version: '2.0', routeKey: 'GET /x' });
  expect((await keyed.send('GET', '/y')).status).toBe(404);
});

describe('documents', () => {
  const integration = (uri: string) => ({
    ...{ type: 'http_proxy', httpMethod: 'ANY', payloadFormatVersion: '1.0', uri },
  });
  const document = {
    openapi: '3.0.1',
    info: { title: 'books', version: '1' },
    servers: [{ url: 'https://example.com/{basePath}', variables: { basePath: { default: 'v1/shop' } } }],
    paths: {
      '/books/{id}': { get: { 'x-amazon-apigateway-integration': integration('http://b.test/{id}') } },
      '/$default': {
        'x-amazon-apigateway-any-method': {
          isDefaultRoute: true,
          'x-amazon-apigateway-integration': integration('http://d.test'),
        },
      },
    },
    'x-amazon-apigateway-cors': { allowOrigins: ['*'], allowMethods: ['GET'] },
  };
  const ask = async (api: Record<string, unknown>, target: string) => {
    const gateway = new TestGateway({ api: { Body: document, ...api } });
    const { headers } = await gateway.send('GET', target, [['origin', 'https://any.test']]);
    return [gateway.calls[0].url, headers['access-control-allow-origin']];
  };

  test('have routes, integrations and CORS', async () => {
    expect(await ask({}, '/books/7')).toEqual(['http://b.test/7', '*']);
    expect(await ask({}, '/films')).toEqual(['http://d.test/films', '*']);
  });

  test.each([
    ['ignore', '/books/7'],
    ['prepend', '/v1/shop/books/7'],
    ['split', '/shop/books/7'],
  ])('with the base path mode %s have the route at %s', async (BasePath, target) => {
    expect((await ask({ BasePath }, target))[0]).toBe('http://b.test/7');
  });
});

test('an API that is closed to its own address is served, and the trace says so', async () => {
  const api = { DisableExecuteApiEndpoint: true };
  const { status, steps } = await new TestGateway({ api, routes: { 'GET /x': withFunction() } }).send('GET', '/x');
  expect(status).toBe(200);
  expect(steps[0].note).toContain('disableExecuteApiEndpoint is true');
});
