import * as fc from 'fast-check';
import { cookiesOf, readRequest } from '../../../lib/serve/http/request';
import { ACCOUNT, TestGateway, withFunction } from './support';

const HEADERS = [
  ['Host', 'shop.example.com'],
  ['User-Agent', 'tester/1'],
  ['X-Tag', 'a'],
  ['x-tag', 'b'],
  ['Cookie', 'one=1; two=2'],
  ['cookie', 'three=3'],
  ['Connection', 'close'],
  ['Content-Type', 'application/json; charset=utf-8'],
] as const;

async function event(
  format: string,
  target: string,
  body = '',
  prefix = '',
  routeKey = 'POST /books/{id}',
): Promise<Record<string, unknown>> {
  const gateway = new TestGateway({
    ...{ routes: { [routeKey]: withFunction(format) }, now: () => 1_750_000_000_000 },
    stage: { ...(prefix === '' ? {} : { StageName: prefix.slice(1) }), StageVariables: { color: 'red' } },
  });
  await gateway.send('POST', target, HEADERS, body, prefix);
  return gateway.events[0];
}

test('format 2.0', async () => {
  expect(await event('2.0', '/beta/books/a%20b?x=1&y=%C3%A9&x=2&flag', '{}', '/beta')).toEqual({
    version: '2.0',
    routeKey: 'POST /books/{id}',
    rawPath: '/beta/books/a b',
    rawQueryString: 'x=1&y=%C3%A9&x=2&flag',
    cookies: ['one=1', 'two=2', 'three=3'],
    headers: {
      'content-length': '2',
      'content-type': 'application/json; charset=utf-8',
      host: 'shop.example.com',
      'user-agent': 'tester/1',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-tag': 'a,b',
    },
    queryStringParameters: { x: '1,2', y: 'é', flag: '' },
    pathParameters: { id: 'a b' },
    stageVariables: { color: 'red' },
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'abc',
      domainName: 'abc.example.com',
      domainPrefix: 'abc',
      http: {
        method: 'POST',
        path: '/beta/books/a b',
        protocol: 'HTTP/1.1',
        sourceIp: '10.0.0.1',
        userAgent: 'tester/1',
      },
      requestId: expect.stringMatching(/=$/),
      routeKey: 'POST /books/{id}',
      stage: 'beta',
      time: '15/Jun/2025:15:06:40 +0000',
      timeEpoch: 1_750_000_000_000,
    },
    body: '{}',
    isBase64Encoded: false,
  });
});

test('format 2.0 leaves out what is not there', async () => {
  const gateway = new TestGateway({ routes: { $default: withFunction() } });
  await gateway.send('GET', '/');
  const given = Object.keys(gateway.events[0]);
  expect(given).toEqual([
    ...['version', 'routeKey', 'rawPath', 'rawQueryString', 'headers', 'requestContext', 'isBase64Encoded'],
  ]);
});

test('format 1.0', async () => {
  const given = await event('1.0', '/beta/books/7?x=1&x=2', '', '/beta');
  expect(given).toMatchObject({
    version: '1.0',
    resource: '/books/{id}',
    path: '/beta/books/7',
    httpMethod: 'POST',
    headers: { 'x-tag': 'b', cookie: 'three=3' },
    multiValueHeaders: { 'x-tag': ['a', 'b'], cookie: ['one=1; two=2', 'three=3'] },
    queryStringParameters: { x: '2' },
    multiValueQueryStringParameters: { x: ['1', '2'] },
    pathParameters: { id: '7' },
    stageVariables: { color: 'red' },
    requestContext: {
      authorizer: { claims: null, scopes: null },
      identity: { sourceIp: '10.0.0.1', userAgent: 'tester/1', userArn: null },
      path: '/beta/books/7',
      resourcePath: '/books/{id}',
      stage: 'beta',
    },
    body: null,
    isBase64Encoded: false,
  });
});

test.each([
  ['text/csv', false],
  ['Application/JSON; charset=utf-8', false],
  ['application/xml', false],
  ['application/javascript', false],
  ['application/x-www-form-urlencoded', true],
  ['application/problem+json', true],
  ['image/png', true],
  [undefined, true],
])('a body of the type %s: in base64 is %s', async (type, isBase64Encoded) => {
  for (const format of ['1.0', '2.0']) {
    const gateway = new TestGateway({ routes: { $default: withFunction(format) } });
    await gateway.send('POST', '/', type === undefined ? [] : [['content-type', type]], 'hé');
    const body = isBase64Encoded ? Buffer.from('hé').toString('base64') : 'hé';
    expect(gateway.events[0]).toMatchObject({ body, isBase64Encoded });
  }
});

describe('requests', () => {
  const around = { stage: '$default', prefix: '', host: 'h', port: '443', traceId: 't' };
  const read = (target: string) =>
    readRequest({ method: 'GET', target, headers: [], body: new Uint8Array(), sourceIp: '::1' }, around);

  test('a path is decoded once, and cut off at a question mark in it', () => {
    expect(read('/a%2Fb%2520c').path).toBe('/a/b%20c');
    expect(read('/a%3Fb/c?d').path).toBe('/a');
    expect(read('/100%/a').path).toBe('/100%/a');
  });

  test('any path and query can be read', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const { rawPath, rawQuery } = read(`${path === '' ? '/' : path}?${query}`);
        expect(rawQuery).toBe(query);
        expect(rawPath).toMatch(/^\//);
      }),
    );
  });

  test('cookies of several headers are one list', () => {
    const cookie = fc.stringMatching(/^[a-z]{1,3}=[a-z0-9]{0,3}$/);
    fc.assert(
      fc.property(fc.array(fc.array(cookie, { minLength: 1 })), (sent) => {
        expect(cookiesOf({ cookie: sent.map((each) => each.join('; ')) })).toEqual(sent.flat());
      }),
    );
  });
});
