import fc from 'fast-check';
import { duplicatesInJson } from '../../lib/template/reader/duplicate-keys';
import { keysIn } from '../../lib/template/reader/json-text';
import { jsonError } from '../../lib/template/reader/json-error';
import { parseYaml, readYaml } from '../../lib/template/reader/yaml';

describe('a key that is written twice', () => {
  const json = '{"a":1,"b":{"c":"\\"","c":[{"d":1,"d":2}]},\n "a":{}}';

  test('is found in JSON, with the place that counts and the one that does not', () => {
    expect(duplicatesInJson(json, keysIn(JSON.parse(json)))).toEqual([
      { path: ['b', 'c'], lost: { line: 1, column: 13 }, kept: { line: 1, column: 22 } },
      { path: ['b', 'c', '0', 'd'], lost: { line: 1, column: 28 }, kept: { line: 1, column: 34 } },
      { path: ['a'], lost: { line: 1, column: 2 }, kept: { line: 2, column: 2 } },
    ]);
  });

  test('is found in YAML, and the last one counts', () => {
    const { value, duplicates } = readYaml('a: 1\nb:\n  - c: 1\n    c: { d: 1 }\na: 2\n');
    expect(value).toEqual({ a: 2, b: [{ c: { d: 1 } }] });
    expect(duplicates).toEqual([
      { path: ['b', '0', 'c'], lost: { line: 3, column: 5 }, kept: { line: 4, column: 5 } },
      { path: ['a'], lost: { line: 1, column: 1 }, kept: { line: 5, column: 1 } },
    ]);
    expect(() => parseYaml('a: 1\na: 2\n')).toThrow('line 2, column 1: Map keys must be unique');
  });

  test('is never found where it is not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(duplicatesInJson(JSON.stringify(value, null, indent), keysIn(value))).toEqual([]);
      }),
    );
  });
});

test.each([
  ['a:\n  b: {x: 1,\n"y": [2,\n3]\n  }\nc: 4\n', { a: { b: { x: 1, y: [2, 3] } }, c: 4 }],
  ['a:\n  b: "one\ntwo"\n  c: 1\n', { a: { b: 'one two', c: 1 } }],
])('brackets and quotes need no indentation: %j', (text, value) => {
  expect(readYaml(text).value).toEqual(value);
  expect(() => parseYaml(text)).toThrow(/^line \d+/);
});

test.each(['a:\n  b: {x: 1\nc: 2\n', 'a:\n  b: "one\nc: 2\n', 'a: {}\n---\nb: {x:\n1}\n'])(
  'what is not closed, or more than one document, is still an error: %j',
  (text) => {
    expect(() => readYaml(text)).toThrow(/^line \d+/);
  },
);

describe('the first mistake in JSON', () => {
  test.each([
    ['', '1:1 the file ends where a value is expected'],
    ['{', '1:2 the file ends where a key in double quotes is expected'],
    ['{"a" 1}', '1:6 expected ":" after the key'],
    ['{"a":1,}', '1:8 expected a key in double quotes'],
    ['{"a":[1 2]}', '1:9 expected "," or "]"'],
    ['{"a":\n tru}', '2:2 expected a value'],
    ['{"a":"x\n"}', '1:6 the string has no end'],
    ['{"a":"\\x"}', '1:7 an escape that JSON lacks'],
    ['{"a":"\t"}', '1:7 a control character in a string'],
    ['{} x', '1:4 expected the end of the file'],
    ['{"a":01}', '1:7 expected "," or "}"'],
  ])('%j', (text, expected) => {
    const { what, position } = jsonError(text);
    expect(`${position.line}:${position.column} ${what}`).toBe(expected);
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  test('is never behind the character that makes a valid text invalid', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom('@', '}', ',', ''), (value, where, sign) => {
        const text = JSON.stringify(value, null, 1);
        const at = where % (text.length + 1);
        const broken = text.slice(0, at) + sign + text.slice(sign === '' ? text.length : at);
        let isValid = true;
        try {
          JSON.parse(broken);
        } catch {
          isValid = false;
        }
        fc.pre(!isValid);
        const { line, column } = jsonError(broken).position;
        const before =
          broken
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length + (line > 1 ? 1 : 0);
        expect(before + column - 1).toBeLessThanOrEqual(Math.max(at, broken.length));
      }),
    );
  });
});
