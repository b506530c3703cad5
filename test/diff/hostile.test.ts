import * as fc from 'fast-check';
import { between, changed, type Loose, shop, sourceWith } from './shop';

const JUNK: readonly unknown[] = [
  ...[null, true, 0, '', 'x', [], [null], {}, { a: null }],
  ...[
    { Ref: 'Nope' },
    { Ref: 7 },
    { 'Fn::If': [] },
    { 'Fn::ImportValue': 'x' },
    { 'Fn::GetAtt': ['Api', '__proto__'] },
  ],
];

/** All places in the template, as paths. */
function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))];
}

const PLACES = places(shop()).filter((path) => path.length > 0);

function withJunk(edits: readonly { readonly path: readonly string[]; readonly junk: unknown }[]) {
  const resources = shop();
  for (const { path, junk } of edits) {
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Loose | undefined | null)?.[key], resources);
    if (typeof parent === 'object' && parent !== null) (parent as Loose)[path[path.length - 1]] = structuredClone(junk);
  }
  return sourceWith(resources);
}

test('whatever stands in a template, it is compared, and is the same as itself', () => {
  const edit = fc.record({ path: fc.constantFrom(...PLACES), junk: fc.constantFrom(...JUNK) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const odd = withJunk(edits);
      expect(between(odd, withJunk(edits))).toEqual([]);
      for (const { why, subject } of [...between(odd, changed([])), ...between(changed([]), odd)]) {
        expect([typeof why, typeof subject]).toEqual(['string', 'string']);
      }
    }),
    { numRuns: 150 },
  );
});
