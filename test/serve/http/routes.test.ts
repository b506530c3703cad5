import * as fc from 'fast-check';
import { HttpRoutes } from '../../../lib/serve/http/routes';
import { chosenStage } from '../../../lib/serve/http/stages';

const ROUTES = [
  'GET /',
  'GET /books',
  'ANY /books',
  'GET /books/{id}',
  'GET /books/{id}/pages/{page}',
  'PUT /books/new',
  'GET /books/{rest+}',
  'ANY /{all+}',
];

function routes(keys: readonly string[]): HttpRoutes<string> {
  const made = new HttpRoutes<string>();
  for (const key of keys) {
    const [method, path] = key.split(' ');
    made.add(method, path, key);
  }
  return made;
}

describe('routes', () => {
  test.each([
    ['GET', '/', 'GET /', {}],
    ['GET', '', 'GET /', {}],
    ['GET', '/books', 'GET /books', {}],
    ['POST', '/books', 'ANY /books', {}],
    ['GET', '/books/7', 'GET /books/{id}', { id: '7' }],
    // The path alone would lead to a route of another method.
    ['GET', '/books/new', 'GET /books/{id}', { id: 'new' }],
    ['PUT', '/books/new', 'PUT /books/new', {}],
    ['GET', '/books/7/pages/2', 'GET /books/{id}/pages/{page}', { id: '7', page: '2' }],
    ['GET', '/books/7/pages', 'GET /books/{rest+}', { rest: '7/pages' }],
    ['DELETE', '/books/7', 'ANY /{all+}', { all: 'books/7' }],
    ['GET', '/books/', 'GET /books/{rest+}', { rest: '' }],
    ['GET', '//books', 'GET /books', {}],
    ['GET', '/films/a//b', 'ANY /{all+}', { all: 'films/a//b' }],
  ])('%s %s is taken by %s', (method, path, key, pathParameters) => {
    expect(routes(ROUTES).find(path, method)).toEqual({ value: key, pathParameters });
  });

  test('a whole match goes before a greedy one, wherever its parameters are', () => {
    expect(routes(['GET /a/{rest+}', 'GET /{x}/{y}']).find('/a/b', 'GET')?.value).toBe('GET /{x}/{y}');
  });

  test('$default takes what no other route takes, and nothing else', () => {
    const made = routes(['GET /books']);
    expect(made.find('/books', 'PUT')).toBeUndefined();
    expect(made.find('/books/', 'GET')).toBeUndefined();
    made.add('ANY', undefined, '$default');
    expect(made.find('/books', 'PUT')).toEqual({ value: '$default', pathParameters: {} });
    expect(made.find('/books', 'GET')?.value).toBe('GET /books');
  });

  const segment = fc.constantFrom('a', 'b', 'c');
  const part = fc.oneof(segment, fc.constant('{p}'));
  const path = fc
    .tuple(fc.array(part, { maxLength: 3 }), fc.boolean())
    .map(
      ([parts, isGreedy]) =>
        `/${[...parts.map((each, at) => (each === '{p}' ? `{p${at}}` : each)), ...(isGreedy ? ['{rest+}'] : [])].join('/')}`,
    );

  /** Whether a path fits, told without a tree. */
  function fits(written: string, asked: readonly string[]): boolean {
    const parts = written.split('/').filter((each) => each !== '');
    const isGreedy = written.endsWith('+}');
    const fixed = isGreedy ? parts.slice(0, -1) : parts;
    if (isGreedy ? asked.length <= fixed.length : asked.length !== fixed.length) return false;
    return fixed.every((each, at) => each.startsWith('{') || each === asked[at]);
  }

  test('a route is found if and only if one fits, and a whole match is not passed over', () => {
    const keys = fc.uniqueArray(fc.tuple(fc.constantFrom('GET', 'PUT', 'ANY'), path), {
      selector: (each) => each.join(' ').replace(/\{p\d\}/g, '{}'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(keys, fc.array(segment, { maxLength: 4 }), fc.constantFrom('GET', 'PUT'), (all, asked, method) => {
        const fitting = all.filter(([own, each]) => (own === method || own === 'ANY') && fits(each, asked));
        const found = routes(all.map((each) => each.join(' '))).find(`/${asked.join('/')}`, method)?.value;
        expect(found !== undefined).toBe(fitting.length > 0);
        if (found === undefined) return;
        expect(fitting.map((each) => each.join(' '))).toContain(found);
        const isWhole = fitting.some(([, each]) => !each.endsWith('+}'));
        expect(found.endsWith('+}')).toBe(!isWhole);
      }),
    );
  });
});

test.each([
  [['$default', 'beta'], '/beta/x', { stage: 'beta', prefix: '/beta' }],
  [['$default', 'beta'], '/beta?x=1', { stage: 'beta', prefix: '/beta' }],
  [['$default', 'beta'], '/betas/x', { stage: '$default', prefix: '' }],
  [['$default', 'beta'], '/$default/x', { stage: '$default', prefix: '' }],
  [['beta'], '/x', undefined],
  [['beta'], '/', undefined],
])('of the stages %j, %s is for %j', (stages, target, chosen) => {
  expect(chosenStage(stages, { target })).toEqual(chosen);
});
