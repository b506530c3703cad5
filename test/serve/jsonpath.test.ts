import * as fc from 'fast-check';
import { evaluatePath } from '../../lib/serve/jsonpath/evaluate';
import { parsePath } from '../../lib/serve/jsonpath/parse';
import { readJson } from '../../lib/serve/vtl/json';
import { compactJson } from '../../lib/serve/vtl/print';
import { TemplateError } from '../../lib/serve/vtl/scanner';

const BODY = readJson(
  '{"a":{"b":[1,2,{"c":3}],"d":null,"e":"x","k.y":1},"s":"text","n":[5,3,9.5],"m":{"x":{"n":7},"y":{"n":8}},"el":[],' +
    '"l":[{"n":1,"p":8.95,"c":"fic","i":"x"},{"n":2,"p":12.99,"c":"fic"},{"n":3,"p":8.99,"c":"ref","t":["a","b"]}]}',
);

function found(path: string): string | undefined {
  const value = evaluatePath(parsePath(path), BODY);
  return value === undefined ? undefined : compactJson(value);
}

test.each([
  ['$.a.e', '"x"'],
  ['a.b[0]', '1'],
  ['$', compactJson(BODY)],
  ["$['a']['k.y']", '1'],
  ['$["a"].e', '"x"'],
  ['$.a.b[-1].c', '3'],
  ['$.a.d', 'null'],
  ['$.a.b[9]', undefined],
  ['$.zz', undefined],
  ['$.a.d.x', undefined],
  ['$.s.x', undefined],
  ['$.l.n', undefined],
  ["$.a['e', 'd', 'zz']", '{"e":"x","d":null}'],
  ['$.l[*].n', '[1,2,3]'],
  ['$.l[0, 2].n', '[1,3]'],
  ['$.l[0:2].n', '[1,2]'],
  ['$.l[-1:].n', '[3]'],
  ['$.l[:-2].n', '[1]'],
  ['$.m.*.n', '[7,8]'],
  ['$..n', '[[5,3,9.5],7,8,1,2,3]'],
  ['$..zz', '[]'],
  ['$.el[*].x', '[]'],
  ['$.l[?(@.p < 10)].n', '[1,3]'],
  ["$.l[?(@.c == 'fic' && @.p > 10 || @.n == 3)].n", '[2,3]'],
  ['$.l[?(@.i)].n', '[1]'],
  ['$.l[?(!(@.i))].n', '[2,3]'],
  ['$.l[?(@.c =~ /F.*/i)].n', '[1,2]'],
  ["$.l[?(@.c in ['ref', 'x'])].n", '[3]'],
  ["$.l[?(@.t contains 'a')].n", '[3]'],
  ['$.l[?(@.t size 2)].n', '[3]'],
  ['$.l[?(@.p > $.n[0])].n', '[1,2,3]'],
  ["$.l[?(@.n == '2')].n", '[2]'],
  ["$.l[?(@.n < '2')].n", '[]'],
  ['$.l[?(@.zz == null)].n', '[]'],
  ['$.n[?(@ > 4)]', '[5,9.5]'],
  ['$.n.length()', '3'],
  ['$.n.sum()', '17.5'],
  ['$.n.max()', '9.5'],
  ['$.l[*].p.min()', '8.95'],
  ['$.m.keys()', '["x","y"]'],
  ['$.n.append(4).length()', '4'],
  ['$.s.length()', undefined],
])('%s leads to %s', (path, expected) => {
  expect(found(path)).toBe(expected);
});

test.each([
  ['$.', 'a name expected, found the end'],
  ['$.l[', 'an index, a name in quotes, "*" or a filter expected, found the end'],
  ['$.l[a]', 'an index, a name in quotes, "*" or a filter expected, found "a]"'],
  ['$.l[?(@.n ==)]', 'a JSON value expected'],
  ['$.l[?(1)]', 'a comparison expected'],
  ['$.s.nope()', 'JSONPath has no function nope()'],
  ['$.s.sum()', 'sum() of no numbers'],
  [`$${'[?(@'.repeat(60)}`, 'at most 50 paths within each other expected'],
])('%s fails: %s', (path, message) => {
  expect(() => found(path)).toThrow(TemplateError);
  expect(() => found(path)).toThrow(message);
});

test('no text does anything but lead somewhere or fail', () => {
  const parts = fc.constantFrom(
    ...[
      '$',
      '@',
      '.',
      '..',
      '[',
      ']',
      '(',
      ')',
      '?(',
      '*',
      'a',
      'l',
      "'a'",
      '0',
      ':',
      ',',
      '==',
      '&&',
      ' ',
      '=~',
      '/a/',
      'length()',
    ],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(parts).map((all) => all.join('')),
      ),
      (path) => {
        try {
          found(path);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('JSON is read as it was written, and written as it was read', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(compactJson(readJson(json)))).toEqual(JSON.parse(json));
    }),
  );
  expect(compactJson(readJson('[1.0, 100, 1e2, 12345678901234567890, -0.0]'))).toBe(
    '[1.0,100,100.0,12345678901234567890,-0.0]',
  );
  for (const bad of ['', '{', '[1,]', '{"a"}', "{'a':1}", 'nul', '1 2', `${'['.repeat(2000)}`]) {
    expect(() => readJson(bad)).toThrow(TemplateError);
  }
});
