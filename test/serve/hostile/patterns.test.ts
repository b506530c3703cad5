import * as fc from 'fast-check';
import { bounded } from '../../../lib/serve/bounded';
import { matchSteps } from '../../../lib/serve/match-steps';
import { patternOf } from '../../../lib/serve/patterns';
import { parsePath } from '../../../lib/serve/jsonpath/parse';
import { evaluatePath } from '../../../lib/serve/jsonpath/evaluate';
import { readJson } from '../../../lib/serve/vtl/json';
import { render } from '../../../lib/serve/vtl/render';
import { parseTemplate } from '../../../lib/serve/vtl/template';
import { compileSchema } from '../../../runtime/serve/schemas';

/** Each takes a backtracking engine years on a text of "a" with something else at its end. */
const CATASTROPHIC = [
  ...['(a+)+', '(a|a)*', '(.*a){25}', '(a?){60}a{60}', '(?=(a+)+b)a*'],
  ...['(?i)(A+)+', '(\\w*)*\\1b'],
  `${'a?'.repeat(40)}${'a'.repeat(60)}b`,
  `${'(a|a)'.repeat(40)}b`,
  `${'.*'.repeat(30)}b`,
];
const TEXT = `${'a'.repeat(5000)}!`;

function timed(work: () => unknown): number {
  const from = performance.now();
  try {
    work();
  } catch {
    // That it was stopped.
  }
  return performance.now() - from;
}

test.each(CATASTROPHIC)('%s is stopped, or is quick', (pattern) => {
  expect(timed(() => patternOf(pattern)(TEXT))).toBeLessThan(3500);
});

test('what is stopped is a gateway response that names the pattern', () => {
  expect(() => patternOf('(a+)+')(TEXT)).toThrow(
    expect.objectContaining({ type: 'API_CONFIGURATION_ERROR', message: expect.stringContaining('"(a+)+"') }),
  );
});

test('so it is in templates, in paths and in schemas', () => {
  const text = JSON.stringify(TEXT);
  for (const method of ['matches("(a+)+")', 'replaceAll("(a+)+b", "")', 'split("(a+)+b")'])
    expect(() => render(parseTemplate(`#set($t = ${text})$t.${method}`), {})).toThrow(/takes more than 500 ms/);
  expect(() => evaluatePath(parsePath('$[?(@.n =~ /(a+)+/)]'), readJson(`[{"n":${text}}]`))).toThrow(
    /more than 500 ms/,
  );
  expect(() => compileSchema({ type: 'string', pattern: '^(a+)+$' })(TEXT)).toThrow(/more than 500 ms/);
});

test('usual selection patterns are matched without a watch', () => {
  for (const pattern of ['4\\d{2}', '', '.*Not Found.*', 'Error|Fault', '[^0-9](.|\\n)?'])
    expect([pattern, matchSteps(pattern, 40) <= 10_000_000]).toEqual([pattern, true]);
});

const piece: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', '.', '[ab]', '\\w', '\\d', '(?=a)', '^', '$', '\\b', 'é'),
    fc
      .tuple(tie('one'), fc.constantFrom('*', '+', '?', '{2}', '{0,5}', '{3,}', '*?', '+?', '??'))
      .map((all) => all.join('')),
    fc.tuple(tie('one'), tie('one')).map((all) => all.join('')),
    fc.tuple(tie('one'), tie('one')).map((all) => `(${all.join('|')})`),
    tie('one').map((one) => `(?:${one})`),
    tie('one').map((one) => `(?!${one})`),
  ),
})).one;

test('no generated pattern runs longer than it may, and the watched ones match as the others do', () => {
  fc.assert(
    fc.property(piece, fc.stringMatching(/^[ab!]{0,40}$/), (pattern, tail) => {
      let expression: RegExp;
      try {
        expression = new RegExp(`^(?:${pattern})$`);
      } catch {
        return;
      }
      // What counts as quick is so on the text that is worst for it.
      const length = 200;
      const worst = `${'a'.repeat(length)}!`;
      const isCounted = matchSteps(pattern, length) <= 10_000_000;
      expect(timed(() => patternOf(pattern)(worst))).toBeLessThan(isCounted ? 1500 : 3500);
      const stopped = (reason: string): Error => new Error(reason);
      const watched = bounded('(x+)+', tail, () => expression.test(tail), stopped);
      expect(patternOf(pattern)(tail)).toBe(watched);
    }),
    { seed: 20261130, numRuns: 150 },
  );
});

test('templates do not make texts that fill the memory, nor go over long ones for ever', () => {
  const doubling = '#set($s = "aa")#foreach($i in [1..40])#set($s = $s.replace("a", "aa"))#end$s.length()';
  for (const template of [doubling, doubling.replace('replace', 'replaceAll')])
    expect(() => render(parseTemplate(template), {})).toThrow(
      /a text of more than 10000000 characters|takes more than 500 ms/,
    );
  const long =
    '#set($s = "a")#foreach($i in [1..22])#set($s = $s.concat($s))#end#foreach($i in [1..90000])$s.indexOf("b")#end';
  expect(timed(() => render(parseTemplate(long), {}))).toBeLessThan(9000);
});
