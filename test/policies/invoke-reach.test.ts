import * as fc from 'fast-check';
import { InvokeReach, pathPattern } from '../../lib/policies/invoke-reach';

interface Route {
  readonly method: string;
  readonly path: string;
}

const PATHS = [
  '/',
  '/a',
  '/a/b',
  '/a/{x}',
  '/{x}',
  '/{x}/b',
  '/a/{x}/b',
  '/a/{x}/{y}',
  '/{all+}',
  '/a/{all+}',
  '/GET/a',
];
const routes = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.record({ method: fc.constantFrom('GET', 'POST', 'ANY'), path: fc.constantFrom(...PATHS) }), {
    minLength,
    maxLength,
    size: 'max',
    selector: ({ method, path }) => `${method} ${path}`,
  });
const pattern = fc
  .array(fc.constantFrom('*', 'a', 'b', '?*', '?', 'a*', '*b', 'GET', 'POST', ''), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('/'));

/** Requests of four segments at most, some with a slash at the end. */
const REQUESTS = (() => {
  const words = ['a', 'b', 'c', 'GET'];
  const paths = ['', ...words];
  for (const one of words) {
    for (const two of ['', ...words]) {
      paths.push(`${one}/${two}`);
      if (two !== '') for (const three of ['', ...words]) paths.push(`${one}/${two}/${three}`);
    }
  }
  return paths.flatMap((path) => ['GET', 'POST', 'DELETE'].map((method) => ({ method, path: `/${path}` })));
})();

function likeText(like: string, text: string): boolean {
  return new RegExp(`^${like.replaceAll('?', '.').replaceAll('*', '.*')}$`).test(text);
}

/** What answers: a fixed segment before a variable, a variable before a greedy one, then the method. */
function answering(all: readonly Route[], { method, path }: Route): Route | undefined {
  const trimmed = path === '/' ? path : path.replace(/\/$/, '');
  const rank = (route: Route) =>
    route.path
      .replace(/\{[^}]*\+\}/g, '\u0003')
      .replace(/\{[^}]*\}/g, '\u0002')
      .replace(/[^/\u0002\u0003]+/g, '\u0001');
  const there = all.filter((route) =>
    new RegExp(`^${route.path.replace(/\{[^}]*\+\}/g, '.+').replace(/\{[^}]*\}/g, '[^/]+')}$`).test(trimmed),
  );
  const [best] = there.map(rank).sort();
  const same = there.filter((route) => rank(route) === best);
  return same.find((route) => route.method === method) ?? same.find((route) => route.method === 'ANY');
}

// Of many routes, some have segments that most others have as well.
test.each([
  [1, 6, 3000],
  [15, 30, 200],
])('what a pattern reaches is what requests show, with %i to %i routes', (min, max, numRuns) => {
  let reached = 0;
  fc.assert(
    fc.property(routes(min, max), pattern, (all, like) => {
      const reach = new InvokeReach(all);
      for (const route of all) {
        const shown = REQUESTS.find(
          (one) => likeText(like, `s/${one.method}${one.path}`) && answering(all, one) === route,
        );
        const found = reach.request(like, route);
        expect([like, route, shown, found !== undefined || shown === undefined]).toEqual([like, route, shown, true]);
        if (found === undefined) continue;
        reached++;
        const [, method, path] = /^[^/]+\/([A-Z]+)(\/.*)$/.exec(found) ?? [];
        expect([like, found, likeText(like, found)]).toEqual([like, found, true]);
        expect([like, found, answering(all, { method, path })]).toEqual([like, found, route]);
        expect(reach.reached(like, (one) => one === route)).toBe(route);
        expect(reach.request(like, route, () => true)).toBeUndefined();
      }
      const none = all.filter((route) => reach.request(like, route) === undefined);
      expect(reach.reached(like, (route) => none.includes(route))).toBeUndefined();
    }),
    { numRuns },
  );
  expect(reached).toBeGreaterThan(1000);
});

test('a pattern of stars only is told in no time, whatever its length', () => {
  const all = Array.from({ length: 50 }, (_, index) => ({ method: 'GET', path: `/a${index}/{x}/b` }));
  const reach = new InvokeReach([...all, { method: 'GET', path: '/{all+}' }]);
  const began = process.cpuUsage().user;
  expect(reach.reached('*?'.repeat(200) + 'no', () => true)).toBeDefined();
  for (const route of all) reach.request(`${'*/'.repeat(40)}b`, route);
  for (const route of all) reach.request('*'.repeat(500), route);
  expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(2);
});

test.each<[string, (n: number) => string[]]>([
  ['tenants first', (n) => ['', '/{id}', '/{id}/sub', '/{id}/sub/{sub}'].map((rest) => `/{tenant}/r${n}${rest}`)],
  ['one prefix', (n) => ['', '/{id}', '/{id}/sub', '/{id}/sub/{sub}'].map((rest) => `/v1/r${n}${rest}`)],
  ['greedy ends', (n) => ['', '/{proxy+}', '/health', '/a/b'].map((rest) => `/r${n}${rest}`)],
])('many routes are told apart in time that grows with their number (%s)', (_, pathsOf) => {
  const timeOf = (count: number): number => {
    const all = Array.from({ length: count }, (__, n) => pathsOf(n).map((path) => ({ method: 'GET', path }))).flat();
    const reach = new InvokeReach(all);
    const began = process.cpuUsage().user;
    for (const { path } of all) {
      for (const stage of ['*', 's']) reach.reached(`${stage}/GET${pathPattern(path)}`, (one) => one.path !== path);
    }
    return (process.cpuUsage().user - began) / 1e6;
  };
  timeOf(20);
  expect(timeOf(500)).toBeLessThan(3);
});

test('the pattern of a path', () => {
  expect(pathPattern('/')).toBe('/');
  expect(pathPattern('/a/{id}/b/{more+}', '?*')).toBe('/a/?*/b/?*');
});

describe('paths and patterns that are longer than any', () => {
  const deep = `/${'a/'.repeat(60_000)}b`;

  test.each(['/a', deep, `/${'{a}/'.repeat(60_000)}b`, '/'.repeat(60_000), '/{all+}'])('end at once', (path) => {
    const reach = new InvokeReach<Route>([
      { method: 'ANY', path },
      { method: 'GET', path: '/a' },
    ]);
    for (const pattern of ['*', '*/GET/a', `*/*${deep}`, `*/GET${'/*'.repeat(60_000)}`, `*/GET${'/?'.repeat(60_000)}`])
      for (const method of ['ANY', 'GET']) expect(() => reach.request(pattern, { method, path })).not.toThrow();
    expect(reach.reached('*/GET/a', ({ path: one }) => one === '/a')).toEqual({
      method: expect.any(String),
      path: '/a',
    });
  });

  test('are matched by a pattern that is wider, and a path that API Gateway cannot have by none', () => {
    const route = { method: 'GET', path: '/a/{all+}' };
    expect(new InvokeReach([route]).request(`*/GET/a/${'b/'.repeat(1000)}c`, route)).toBeDefined();
    const none = { method: 'GET', path: deep };
    expect(new InvokeReach([none]).request('*', none)).toBeUndefined();
  });
});
