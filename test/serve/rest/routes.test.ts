import * as fc from 'fast-check';
import { RouteTree } from '../../../lib/serve/rest/routes';

/** The documented rule, by trying all: the first difference decides, and a segment goes before a parameter before a greedy one. */
function oracle(paths: readonly string[], request: readonly string[]): string | undefined {
  const rank = (part: string | undefined): number =>
    part === undefined ? 3 : part.endsWith('+}') ? 2 : /^\{/.test(part) ? 1 : 0;
  const fits = (parts: readonly string[]): boolean => {
    for (const [index, part] of parts.entries()) {
      if (part.endsWith('+}')) return request.length > index;
      if (index >= request.length) return false;
      if (part.startsWith('{') ? request[index] === '' : part !== request[index]) return false;
    }
    return parts.length === request.length;
  };
  const split = (path: string): string[] => path.split('/').slice(1);
  return paths
    .filter((path) => fits(split(path)))
    .sort((one, other) => {
      const [a, b] = [split(one), split(other)];
      const at = a.findIndex((part, index) => rank(part) !== rank(b[index]));
      return at < 0 ? 0 : rank(a[at]) - rank(b[at]);
    })[0];
}

test('the tree finds what the rule says', () => {
  const part = fc.constantFrom('a', 'b', '{');
  const path = fc
    .tuple(fc.array(part, { maxLength: 3 }), fc.boolean())
    .map(([parts, isGreedy]) => {
      const named = parts.map((each, index) => (each === '{' ? `{p${index}}` : each));
      return `/${[...named, ...(isGreedy ? ['{rest+}'] : [])].join('/')}`;
    })
    .filter((each) => each !== '/');
  const segment = fc.constantFrom('a', 'b', 'c', 'a%20b', '%7Bp%7D');
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 8 }),
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      (paths, request) => {
        const tree = new RouteTree<string>();
        for (const each of paths) tree.add(each, 'ANY', each);
        const found = tree.find(`/${request.join('/')}`, 'GET');
        expect(found?.value).toBe(oracle(paths, request));
        if (!found) return;
        // With its parameters, the path is that of the request again.
        const filled = found.value.replace(/\{(\w+)\+?\}/g, (_, name: string) => found.pathParameters[name]);
        expect(filled).toBe(`/${request.join('/')}`);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('methods', () => {
  const tree = new RouteTree<string>();
  for (const [path, method] of [
    ['/a', 'GET'],
    ['/a', 'ANY'],
    ['/{x}', 'POST'],
    ['/', 'GET'],
  ] as const) {
    tree.add(path, method, `${method} ${path}`);
  }

  test.each([
    ['/a', 'GET', 'GET /a'],
    ['/a', 'PUT', 'ANY /a'],
    ['/b', 'POST', 'POST /{x}'],
    ['/b', 'GET', undefined],
    ['/', 'GET', 'GET /'],
    ['', 'GET', 'GET /'],
    ['//a', 'GET', 'GET /a'],
    ['/a/', 'GET', 'GET /a'],
    ['/a//', 'GET', undefined],
  ])('%s with %s: %s', (path, method, expected) => {
    expect(tree.find(path, method)?.value).toBe(expected);
  });

  test('an empty segment is no value of a parameter', () => {
    const other = new RouteTree<string>();
    other.add('/a/{p}/b', 'GET', 'x');
    expect(other.find('/a//b', 'GET')).toBeUndefined();
    expect(other.find('/a/c/b', 'GET')?.pathParameters).toEqual({ p: 'c' });
  });

  test('a path without the method leaves the request to one that is less specific', () => {
    const other = new RouteTree<string>();
    other.add('/a', 'GET', 'own');
    other.add('/{p}', 'POST', 'parameter');
    expect(other.find('/a', 'POST')).toEqual({ value: 'parameter', pathParameters: { p: 'a' } });
  });
});
