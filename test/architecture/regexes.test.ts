import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as fc from 'fast-check';
import * as ts from 'typescript';
import { matchesPattern } from '../../lib/policies/glob';
import { superlinear } from '../support/linear-regex';

const ROOT = join(__dirname, '..', '..');

/** Made of constants, or never run on a text: what each is for. */
const MADE_AT_RUN_TIME = [
  'lib/authoring/regular-expression.ts: whether a pattern compiles',
  'lib/checks/queries/java-regex.ts: whether a pattern compiles',
  'lib/checks/rules/logging/ALL-LOG17-metric-filter-names.ts: a class of characters of the facts',
  'lib/checks/rules/routes/V2-ROUTE6-http-route-key.ts: the methods of HTTP',
  'lib/facts/mappings.ts: alternatives of constants',
  'lib/json-schema/check.ts: whether a pattern compiles',
  'lib/serve/patterns.ts: the patterns of a template, which are stopped',
  'lib/serve/rest/gateway-response.ts: alternatives of constants',
  'lib/serve/vtl/methods/patterns.ts: the patterns of a mapping template, which are stopped',
  'runtime/live/health.ts: the name of a variable',
  'runtime/serve/schema-keywords.ts: the patterns of a schema, which are stopped',
];

const sources = ['lib', 'runtime'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file).replaceAll(sep, '/')),
);

interface Found {
  readonly file: string;
  readonly text: string;
}

function expressions(): { literals: Found[]; made: Found[] } {
  const [literals, made]: [Found[], Found[]] = [[], []];
  for (const file of sources) {
    const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) literals.push({ file, text: node.text });
      if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(source) === 'RegExp')
        made.push({ file, text: node.getText(source) });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { literals, made };
}

const problemOf = (text: string): string | undefined => {
  const [, source, flags] = /^\/(.*)\/(\w*)$/s.exec(text) ?? [];
  return superlinear(source, flags);
};

describe('regular expressions', () => {
  const { literals, made } = expressions();

  test('of the whole code take time in proportion to the text', () => {
    expect(literals.length).toBeGreaterThan(300);
    const slow = literals.flatMap(({ file, text }) => {
      const problem = problemOf(text);
      return problem === undefined ? [] : [`${file}: ${problem}`];
    });
    expect(slow).toEqual([]);
  });

  test('that are made at run time are known', () => {
    expect(made.map(({ file }) => file).sort()).toEqual(MADE_AT_RUN_TIME.map((one) => one.split(':')[0]));
  });

  test.each([
    [':firehose:.*:deliverystream\\/(.*)$', ''],
    ['functions\\/.*\\/invocations$', ''],
    ['\\d+$', ''],
    ['\\/+$', ''],
    ['[?#].*$', ''],
    ['\\{[^/]+\\}', 'g'],
    ['\\{(.*?)\\}', 'g'],
    ['^(a+)+$', ''],
    ['^(a|a)*$', ''],
    ['^(a|ab)*$', ''],
    ['^(a?)*$', ''],
    ['^.*a.*b.*c$', ''],
    ['^a*a*b', ''],
    ['^(\\w+\\s?)*$', ''],
    ['\\beyJ[\\w-]{8,}\\.', ''],
    ['[a-z]+[0-9][a-z0-9]*x', ''],
    ['<[a-z<]+\\.[^>]*>', ''],
    ['(a+)\\1', ''],
    ['^a+$', 'm'],
    ['(?=.*x)a', ''],
  ])('/%s/%s is found to be slow', (source, flags) => {
    expect(superlinear(source, flags)).toBeDefined();
  });

  test.each([
    ['\\{[^{}]*\\}', 'g'],
    ['<[a-z]+\\.[^<>]*>', ''],
    ['^arn:[^:]*:iam::[^:]*:role\\/.*$', 's'],
    ['(?<!\\d)\\d+$', ''],
    ['[^a-z]+', 'g'],
    ['^(?:<[^<>]*>|[^:<>])*:', ''],
    ['^[a-z]+(\\.[a-z]+)*$', ''],
    ['^\\d+(\\.\\d+)?$', ''],
    ['(a|b)?c', ''],
    ['x.*$', 's'],
    ['(?:<[^<>]*>|[^:<>])*:', 'y'],
  ])('/%s/%s is not', (source, flags) => {
    expect(superlinear(source, flags)).toBeUndefined();
  });
});

describe('patterns with * and ?', () => {
  test('mean the same as the expression that tries all ways', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(text, pattern, (one, like) => {
        const all = new RegExp(`^${like.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        expect(matchesPattern(like, one)).toBe(all.test(one));
      }),
      { numRuns: 2000 },
    );
  });
});
