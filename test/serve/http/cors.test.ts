import * as fc from 'fast-check';
import { allowedOrigin } from '../../../lib/serve/http/cors';
import { functionGuard, guarded, TestGateway, withFunction } from './support';

const CORS = {
  AllowOrigins: ['https://shop.example.com', 'https://*'],
  AllowMethods: ['GET', 'PUT'],
  AllowHeaders: ['x-key'],
  ExposeHeaders: ['etag', 'x-page'],
  MaxAge: 60,
};
const ORIGIN = ['Origin', 'https://shop.example.com'] as const;
const PREFLIGHT = [ORIGIN, ['Access-Control-Request-Method', 'PUT']] as const;
const ofCors = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe('preflights', () => {
  test('are answered by the gateway, with or without a route', async () => {
    const gateway = new TestGateway({ api: { CorsConfiguration: CORS }, routes: { 'ANY /a': withFunction() } });
    for (const target of ['/a', '/none']) {
      const { status, headers, text } = await gateway.send('OPTIONS', target, PREFLIGHT);
      expect({ status, text, cors: ofCors(headers) }).toEqual({
        ...{ status: 204, text: '' },
        cors: {
          'access-control-allow-origin': 'https://shop.example.com',
          'access-control-allow-methods': 'GET,PUT',
          'access-control-allow-headers': 'x-key',
          'access-control-max-age': '60',
        },
      });
    }
    expect(gateway.events).toEqual([]);
  });

  test('of another origin get no headers', async () => {
    const gateway = new TestGateway({ api: { CorsConfiguration: CORS }, routes: {} });
    const { headers } = await gateway.send('OPTIONS', '/a', [['origin', 'http://shop.example.com'], PREFLIGHT[1]]);
    expect(ofCors(headers)).toEqual({});
  });

  test('need the authorization of a route that matches OPTIONS, and no other', async () => {
    const guard = functionGuard({ EnableSimpleResponses: true });
    const gateway = new TestGateway({
      ...{ api: { CorsConfiguration: CORS }, guard, functions: { Auth: () => ({ isAuthorized: true }) } },
      routes: { 'GET /read': guarded('CUSTOM', withFunction()), 'ANY /all': guarded('CUSTOM', withFunction()) },
    });
    expect((await gateway.send('OPTIONS', '/read', PREFLIGHT)).status).toBe(204);
    const refused = await gateway.send('OPTIONS', '/all', PREFLIGHT);
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, 'https://shop.example.com']);
    expect((await gateway.send('OPTIONS', '/all', [...PREFLIGHT, ['authorization', 'x']])).status).toBe(204);
  });

  test('without a configuration go to the route', async () => {
    const gateway = new TestGateway({ routes: { 'OPTIONS /a': withFunction() } });
    expect((await gateway.send('OPTIONS', '/a', PREFLIGHT)).text).toBe('played');
  });
});

describe('answers', () => {
  const answer = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*', 'x-own': 'y' }, body: '' };

  test('have the headers of the configuration instead of those of the back end', async () => {
    const gateway = new TestGateway({
      ...{ api: { CorsConfiguration: { ...CORS, AllowCredentials: true } }, functions: { Fn: () => answer } },
      routes: { 'GET /a': withFunction() },
    });
    const { headers } = await gateway.send('GET', '/a', [ORIGIN]);
    expect(headers['x-own']).toBe('y');
    expect(ofCors(headers)).toEqual({
      'access-control-allow-origin': 'https://shop.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'etag,x-page',
    });
    expect(ofCors((await gateway.send('GET', '/a')).headers)).toEqual({});
  });

  test('keep those of the back end if there is no configuration', async () => {
    const gateway = new TestGateway({ functions: { Fn: () => answer }, routes: { 'GET /a': withFunction() } });
    expect(ofCors((await gateway.send('GET', '/a', [ORIGIN])).headers)).toEqual({ 'access-control-allow-origin': '*' });
  });
});

describe('origins', () => {
  const host = fc.stringMatching(/^[a-z]{1,5}(\.[a-z]{1,5}){0,2}(:\d{1,4})?$/);
  const origin = fc.tuple(fc.constantFrom('http', 'https'), host).map(([scheme, name]) => `${scheme}://${name}`);

  test('are allowed to the letter, by their scheme, or all', () => {
    fc.assert(
      fc.property(origin, fc.array(origin), (asked, listed) => {
        const scheme = asked.split('//')[0];
        expect(allowedOrigin({ origins: listed }, asked)).toBe(listed.includes(asked) ? asked : undefined);
        expect(allowedOrigin({ origins: [...listed, asked] }, asked)).toBe(asked);
        expect(allowedOrigin({ origins: [`${scheme}//*`] }, asked)).toBe(asked);
        const other = scheme === 'http:' ? 'https://*' : 'http://*';
        expect(allowedOrigin({ origins: [other] }, asked)).toBeUndefined();
        expect(allowedOrigin({ origins: [...listed, '*'] }, asked)).toBe('*');
      }),
    );
  });

  test('match no other wildcard, nor a scheme alone', () => {
    expect(allowedOrigin({ origins: ['https://*.example.com'] }, 'https://a.example.com')).toBeUndefined();
    expect(allowedOrigin({ origins: ['https://*'] }, 'https://')).toBeUndefined();
  });
});
