import * as fc from 'fast-check';
import { covering, patternOf, type RouteArn, routeArn } from '../../lib/integrations/source-arn';

const METHODS = ['GET', 'POST', 'DELETE', 'ANY'];

/** Whether an IAM-style pattern matches; `*` takes any characters, slashes too. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(text);
}

const segment = fc.oneof(fc.constantFrom('orders', 'order', 'items', 'a', 'b'), fc.constantFrom('{id}', '{key}'));
const route = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
});

const coveringPattern = (routes: readonly RouteArn[]): string => patternOf(routes.reduce(covering));

describe('the pattern that covers routes', () => {
  test.each([
    [['GET /orders'], 'GET/orders'],
    [['GET /orders/{id}'], 'GET/orders/*'],
    [['ANY /files/{proxy+}'], '*/files/*'],
    [['GET /'], 'GET/'],
    [['GET /orders', 'POST /orders'], '*/orders'],
    [['GET /orders', 'GET /orders/{id}'], 'GET/orders*'],
    [['GET /a/{id}/items', 'GET /b/{id}/items'], 'GET/*/*/items'],
    [['GET /orders', 'POST /users'], '*/*ers'],
  ])('%p → %s', (keys, pattern) => {
    expect(coveringPattern(keys.map((key) => routeArn(...(key.split(' ') as [string, string]))))).toBe(pattern);
  });

  test('covers every request of every route, and is exact for one', () => {
    fc.assert(
      fc.property(fc.array(route, { minLength: 1, maxLength: 6 }), fc.string({ maxLength: 3 }), (routes, value) => {
        const pattern = coveringPattern(routes.map(({ method, path }) => routeArn(method, path)));
        for (const { method, path } of routes) {
          const used = method === 'ANY' ? 'PATCH' : method;
          expect(
            matches(pattern, `${used}${path.replace(/\{[^/]+\}/g, value.replace(/[\n\r\u2028\u2029]/g, ''))}`),
          ).toBe(true);
        }
        expect(pattern).not.toMatch(/\*\*/);
      }),
    );
  });

  test('does not depend on the order of routes, nor name a method or ending that they do not share', () => {
    fc.assert(
      fc.property(fc.array(route, { minLength: 2, maxLength: 5 }), (routes) => {
        const arns = routes.map(({ method, path }) => routeArn(method, path));
        const pattern = coveringPattern(arns);
        const [first] = pattern.split('/');
        expect(first).toBe(new Set(arns.map(({ method }) => method)).size === 1 ? arns[0].method : '*');
        if (new Set(arns.map(({ path }) => path)).size === 1) expect(pattern.endsWith(arns[0].path)).toBe(true);
      }),
    );
  });
});
