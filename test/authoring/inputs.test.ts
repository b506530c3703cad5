import { Duration, Lazy } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { HTTP_METHODS } from '../../lib/facts/names';
import { defineCors } from '../../lib/gateway/cors';
import { Owner } from '../../lib/authoring/errors';
import { nearest, suggest } from '../../lib/lookup/nearest';
import { parseRouteKey, RouteTree } from '../../lib/gateway/route-key';
import { validateStageVariables } from '../../lib/stages/stage-variables';
import { validateThrottle } from '../../lib/stages/throttle';

const owner = new Owner("RestGateway 'Orders'");

describe('parseRouteKey', () => {
  test('takes method, path and variables apart', () => {
    expect(parseRouteKey('GET /orders/{id}/lines/{line+}', owner)).toEqual({
      key: 'GET /orders/{id}/lines/{line+}',
      method: 'GET',
      path: '/orders/{id}/lines/{line+}',
      variables: ['id', 'line'],
    });
    expect(parseRouteKey('ANY /', owner).variables).toEqual([]);
  });

  test.each([
    [
      'GET orders',
      `RestGateway 'Orders': route "GET orders": the path must start with "/" after the method: "GET /orders"`,
    ],
    [
      'GET',
      'route "GET": must be a method and a path with one space between: write "METHOD /path", e.g. "GET /orders/{id}"',
    ],
    ['GET  /orders', 'must be a method and a path with one space between'],
    ['', 'must be a method and a path with one space between'],
    ['get /orders', 'route "get /orders": "get" is not a method that a route takes. Did you mean "GET"?'],
    [
      'CONNECT /orders',
      '"CONNECT" is not a method that a route takes. Allowed: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY.',
    ],
    ['GET /orders/', 'the path must not end in "/", which API Gateway drops: "/orders"'],
    ['GET //orders', 'the path has an empty segment ("//")'],
    ['GET /orders/{id', '"{id": a path variable must be the whole segment, e.g. "/{id}"'],
    ['GET /orders/x{id}', '"x{id}": a path variable must be the whole segment'],
    ['GET /orders/a b', '"a b" has characters that a path segment cannot have'],
    ['GET /orders/a%20b', '"a%20b" has characters that a path segment cannot have; allowed: A-Z a-z 0-9 . _ : $ -'],
    ['GET /orders/ä', '"ä" has characters that a path segment cannot have'],
    ['GET /orders/{}', '"{}" is not a path variable'],
    ['GET /orders/{i d}', '"{i d}" is not a path variable'],
    ['GET /{rest+}/orders', 'the greedy variable "{rest+}" must be the last segment'],
    ['GET /{id}/x/{id}', 'the path variable "{id}" is in the path twice'],
  ])('refuses %p', (key, message) => {
    expect(() => parseRouteKey(key, owner)).toThrow(message);
  });

  test('any text is parsed or refused with its own words, and what is parsed is unchanged', () => {
    const segment = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9._:$-]{1,8}$/),
      fc.stringMatching(/^\{[a-z]{1,5}\}$/),
      fc.string(),
    );
    const key = fc
      .tuple(fc.oneof(fc.constantFrom(...HTTP_METHODS), fc.string()), fc.array(segment, { maxLength: 4 }))
      .map(([method, segments]) => `${method} /${segments.join('/')}`);
    fc.assert(
      fc.property(key, (text) => {
        try {
          const route = parseRouteKey(text, owner);
          expect(`${route.method} ${route.path}`).toBe(text);
          expect(route.path === '/' || /^(\/([A-Za-z0-9._:$-]+|\{[A-Za-z0-9._:$-]+\+?\}))+$/.test(route.path)).toBe(
            true,
          );
        } catch (error) {
          expect((error as Error).message).toContain(`route "${text}"`);
        }
      }),
    );
  });
});

describe('RouteTree', () => {
  const add = (...keys: string[]) => {
    const tree = new RouteTree();
    keys.forEach((key) => tree.add(parseRouteKey(key, owner), owner));
  };

  test('takes routes that can stand together', () => {
    expect(() =>
      add('GET /a/{id}', 'PUT /a/{id}', 'GET /a/{id}/b', 'GET /a/b', 'ANY /a/{id}', 'GET /{x}'),
    ).not.toThrow();
  });

  test('refuses a route that is there', () => {
    expect(() => add('GET /a', 'GET /a')).toThrow(`route "GET /a": is defined twice; a route has one integration`);
  });

  test('refuses two variables under one parent, in either order, greedy or not', () => {
    expect(() => add('GET /a/{id}', 'GET /a/{key}/b')).toThrow(
      `route "GET /a/{key}/b": "{key}" and "{id}" are two path variables under "/a", but REST APIs allow one there; use the same name: "GET /a/{id}/b"`,
    );
    expect(() => add('GET /a/{rest+}', 'GET /a/{id}')).toThrow(
      '"{id}" and "{rest+}" are two path variables under "/a"',
    );
    expect(() => add('GET /{a}', 'GET /{b}')).toThrow('under "/"');
  });
});

describe('nearest', () => {
  test('offers what was probably meant, else everything', () => {
    expect(nearest('prd', ['dev', 'prod'])).toEqual(['prod']);
    expect(suggest('prd', ['dev', 'prod'])).toBe(' Did you mean "prod"?');
    expect(suggest('staging', ['dev', 'prod'])).toBe(' Allowed: dev, prod.');
  });
});

describe('validateThrottle', () => {
  test.each([
    [
      { rateLimit: 0, burstLimit: 1 },
      'throttle.rateLimit must be more than 0 requests per second, got: 0; at 0, API Gateway responds with 429 to every request',
    ],
    [{ rateLimit: -1, burstLimit: 1 }, 'got: -1'],
    [{ rateLimit: NaN, burstLimit: 1 }, 'got: NaN'],
    [{ rateLimit: 1, burstLimit: 0 }, 'throttle.burstLimit must be a whole number of at least 1, got: 0'],
    [{ rateLimit: 1, burstLimit: 1.5 }, 'got: 1.5'],
  ])('refuses %p', (throttle, message) => {
    expect(() => validateThrottle(throttle, owner)).toThrow(message);
  });

  test('does not judge tokens', () => {
    const token = Lazy.number({ produce: () => 0 });
    expect(validateThrottle({ rateLimit: token, burstLimit: token }, owner).rateLimit).toBe(token);
  });
});

describe('validateStageVariables', () => {
  test.each([
    [{ 'my var': 'x' }, 'variable "my var": a name must be up to 64 characters of A-Z a-z 0-9 and _'],
    [
      { host: 'a b' },
      'variable "host": the value "a b" must be 1 to 512 of the characters A-Z a-z 0-9 - . _ ~ : / ? # & = , (no spaces)',
    ],
    [{ host: '' }, 'the value ""'],
    [{ host: 'x'.repeat(513) }, 'must be 1 to 512'],
    [
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, 'x'])),
      'has 101 variables; the maximum of a stage is 100',
    ],
    [{ [Lazy.string({ produce: () => 'x' })]: 'x' }, 'the name of a stage variable must be a literal, not a token'],
  ])('refuses %#', (variables, message) => {
    expect(() => validateStageVariables(variables, owner)).toThrow(message);
  });

  test('takes what API Gateway takes, and tokens', () => {
    const value = 'https://a-b.c_d~e/f?g=h&i#j,k:1';
    expect(() => validateStageVariables({ a_1: value, b: Lazy.string({ produce: () => '' }) }, owner)).not.toThrow();
  });
});

describe('defineCors', () => {
  test.each([
    [{ allowOrigins: [] }, 'cors: allowOrigins is empty; name at least one origin'],
    [{ allowOrigins: ['*'], allowCredentials: true }, 'allowCredentials cannot go with the origin "*"'],
    [{ allowOrigins: ['*', 'https://a.b'] }, 'allowOrigins has "*" and other origins; "*" must be alone'],
    [
      { allowOrigins: ['app.example.com'] },
      'the origin "app.example.com" must be scheme and host without path or trailing slash, as browsers send it: "https://app.example.com"',
    ],
    [{ allowOrigins: ['https://app.example.com/'] }, '"https://app.example.com/" must be scheme and host'],
    [
      { allowOrigins: ['null'] },
      'the origin "null" must be scheme and host without path or trailing slash, as browsers send it, e.g. "https://app.example.com"',
    ],
    [
      { allowOrigins: ['https://a-*.b.example'] },
      'the origin "https://a-*.b.example" has a "*" for a part of a name; write the names, "https://*.example.com" for all below one, or "https://*" for all',
    ],
    [{ allowOrigins: ['*.example.com'] }, 'the origin "*.example.com" has a "*" for a part of a name'],
    [{ allowOrigins: ['https://*.com'] }, 'the origin "https://*.com" has a "*" for a part of a name'],
    [
      { allowOrigins: ['https://a.b', 'http://*'], allowCredentials: true },
      'allowCredentials cannot go with the origin "http://*": every page could call the API',
    ],
    [
      { allowOrigins: ['https://a.b'], allowCredentials: true, allowHeaders: ['X-A', '*'] },
      'allowCredentials cannot go with "*" in allowHeaders: with credentials, browsers read "*" as the name of a header; list each one',
    ],
    [
      { allowOrigins: ['https://a.b'], allowCredentials: true, allowMethods: ['*'] },
      'allowCredentials cannot go with "*" in allowMethods: with credentials, browsers read "*" as the name of a method',
    ],
    [
      { allowOrigins: ['https://a.b'], allowCredentials: true, exposeHeaders: ['*'] },
      'allowCredentials cannot go with "*" in exposeHeaders',
    ],
    [{ allowOrigins: ['https://a.b'], maxAge: Duration.days(2) }, 'maxAge must be 0 to 86400 seconds, got: 172800'],
    [
      { allowOrigins: ['https://a.b'], allowHeaders: ["X'Y", 'a b'] },
      'allowHeaders has "a b", which is not an HTTP header name',
    ],
    [
      { allowOrigins: ['https://a.b'], allowMethods: ['GET,POST'] },
      'allowMethods has "GET,POST", which is not an HTTP method',
    ],
  ])('refuses %#', (options, message) => {
    expect(() => defineCors(options, 'rest', owner)).toThrow(message);
  });

  test('an HTTP API takes no other scheme than http and https', () => {
    for (const origin of ['capacitor://localhost', 'chrome-extension://abc']) {
      expect(() => defineCors({ allowOrigins: [origin] }, 'http', owner)).toThrow(
        `the origin "${origin}" begins with ${origin.split(':')[0]}://, but HTTP APIs accept http:// and https:// only; use RestGateway`,
      );
      expect(defineCors({ allowOrigins: [origin] }, 'rest', owner).allowOrigins).toEqual([origin]);
    }
  });

  test('what is suggested is never what was given, and would be taken', () => {
    const part = fc.stringMatching(/^[a-z.*:/-]{0,8}$/);
    const origin = fc
      .tuple(fc.constantFrom('', 'http://', 'https://', 'x://'), part, part)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(origin, fc.constantFrom('rest' as const, 'http' as const), (given, kind) => {
        try {
          defineCors({ allowOrigins: [given] }, kind, owner);
        } catch (error) {
          const [, meant] = /as browsers send it: "([^"]*)"$/.exec((error as Error).message) ?? [];
          if (meant === undefined) return;
          expect(meant).not.toBe(given);
          expect(() => defineCors({ allowOrigins: [meant] }, kind, owner)).not.toThrow();
        }
      }),
    );
  });

  test('a word is never taken for itself', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ab]{1,4}$/), { minLength: 1 }), (words) => {
        for (const word of words) expect(nearest(word, words)).not.toContain(word);
      }),
    );
  });

  test('fills in the defaults', () => {
    const cors = defineCors({ allowOrigins: ['http://localhost:3000', 'http://localhost:3000'] }, 'rest', owner);
    expect(cors).toMatchObject({
      allowOrigins: ['http://localhost:3000'],
      allowCredentials: false,
      maxAgeSeconds: 600,
    });
    expect(cors.allowHeaders).toContain('Authorization');
  });
});
