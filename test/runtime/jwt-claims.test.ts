import * as fc from 'fast-check';
import { plain } from '../../runtime/handlers/jwt-authorizer/claims';

describe('a claim as a back-end gets it', () => {
  test.each<[string, unknown, unknown]>([
    ['text', 'a b', 'a b'],
    ['a number', 1.5, 1.5],
    ['false', false, false],
    ['null', null, undefined],
    ['a list of words', ['admin', 'eu-west-1_x:y/z'], '[admin eu-west-1_x:y/z]'],
    ['one word', ['admin'], '[admin]'],
    ['an empty list', [], '[]'],
    ['numbers', [1, 2.5, true], '[1 2.5 true]'],
    ['a group with a space', ['not admin', 'b'], '["not\\u0020admin","b"]'],
    ['a group with a comma', ['a,admin', 'b'], '["a\\u002cadmin","b"]'],
    ['a group with a line break and a quote', ['a\n"admin'], '["a\\n\\"admin"]'],
    ['a group with brackets', ['[admin]'], '["[admin]"]'],
    ['an empty group', ['', 'a'], '["","a"]'],
    ['objects in a list', [{ id: 'a b' }], '[{"id":"a\\u0020b"}]'],
    ['an object', { city: 'New York, NY' }, '{"city":"New\\u0020York\\u002c\\u0020NY"}'],
  ])('%s', (_, claim, text) => {
    expect(plain(claim)).toBe(text);
  });

  const unit = fc.constantFrom('a', 'é', ' ', ',', '[', ']', '"', '\\', '\u2028', '\u00a0', '\t');
  const words = fc.array(fc.string({ unit, maxLength: 4 }), { maxLength: 4 });

  test('of a list that is taken apart, no word comes out that is not in it', () => {
    let json = 0;
    fc.assert(
      fc.property(words, (list) => {
        const text = String(plain(list));
        const parts = text.slice(1, -1).split(/[\s,]+/);
        if (text.includes('"')) {
          expect(JSON.parse(text)).toEqual(list);
          // A part is the whole of a word, in quotes, or nothing that a name is compared with.
          for (const part of parts) expect(list).toContain(JSON.parse(part));
          json++;
        } else {
          expect(parts.filter((part) => part !== '')).toEqual(list);
        }
      }),
    );
    expect(json).toBeGreaterThan(10);
  });
});
