import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDocument } from '../../lib/checks/document';
import { RULES_BY_AREA } from '../../lib/checks/registry';
import { parseCloudFormationYaml } from '../../runtime/cli/cfn-yaml';
import { ruleExamples } from '../../scripts/rule-examples';
import { BASES, resourcesOf } from './corpus/bases';
import { patched } from './corpus/patch';
import { parseRule, readCorpus } from './corpus/read';
import { corpusSuite } from './corpus/suite';
import { findings } from './support';

const isYaml = (text: string): boolean => {
  try {
    parseCloudFormationYaml(text);
    return true;
  } catch {
    return false;
  }
};

const corpus = readCorpus();
const rules = Object.entries(RULES_BY_AREA).flatMap(([area, list]) => list.map((rule) => ({ ...rule, area })));

/** Hints that a base cannot be without. */
const HINTS: Readonly<Record<string, string>> = {
  '-l2$': 'ALL-AUTH32', // The L2 has no permission between one a method and one for the API.
  '^domain-(tls12|mtls|shared)': 'DOM19', // HTTP APIs and mutual TLS take no stronger policy.
  '^rest-lambda': 'REST-AUTH15', // One authorizer for several routes, and a cache.
};

describe('the bases', () => {
  test.each(BASES)('%s is faultless', (base) => {
    const hints = Object.entries(HINTS).flatMap(([pattern, id]) => (new RegExp(pattern).test(base) ? [id] : []));
    const found = findings({ Resources: resourcesOf(base) });
    expect(found.filter(({ id, severity }) => severity !== 'info' || !hints.includes(id))).toEqual([]);
  });

  test('one that is not there is named, with those that are', () => {
    expect(() => resourcesOf('rest')).toThrow('there is no base rest: domain-edge-raw, ');
  });
});

describe('changes', () => {
  test.each([
    ['merges maps and deletes by null', { a: { b: 1, c: 2 } }, { a: { b: null, d: 3 } }, { a: { c: 2, d: 3 } }],
    ['replaces lists', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    [
      'changes elements by their number',
      { a: [{ b: 1 }, 2] },
      { a: { 0: { c: 2 }, 1: null } },
      { a: [{ b: 1, c: 2 }] },
    ],
    ['appends by the next number', { a: [1] }, { a: { 1: 2 } }, { a: [1, 2] }],
    ['replaces references as a whole', { a: { Ref: 'B' } }, { a: { 'Fn::Sub': 'x' } }, { a: { 'Fn::Sub': 'x' } }],
    ['merges nothing into a reference', { a: { Ref: 'B' } }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['writes keys of a range out', {}, { 'A{1..2}': { b: 'x{n}' } }, { A1: { b: 'x1' }, A2: { b: 'x2' } }],
    ['writes texts of a range out', {}, { a: ['x{0..2}', 'y'] }, { a: ['x0', 'x1', 'x2', 'y'] }],
  ])('a change %s', (_, target, change, result) => {
    expect(patched(target as object as Parameters<typeof patched>[0], change as never)).toEqual(result);
  });
});

describe('a file of the corpus', () => {
  const file = (more: string, title = 'title: x') => `rule: REST-OBS1\nbad:\n  - ${title}\n    base: rest-raw\n${more}`;

  test.each([
    [
      'a key that is not known',
      file('    changes: {}\ngood: []'),
      'REST-OBS1-tracing: bad 0 has changes: only title, base, ',
    ],
    [
      'a base that is not there',
      file('good: [{ title: y, base: rest }]'),
      'REST-OBS1-tracing: good 0: there is no base rest, ',
    ],
    ['a case without title', file('good: []', 'docs: true'), 'REST-OBS1-tracing: bad 0: title is missing, or no text'],
    ['no good cases', file(''), 'REST-OBS1-tracing: good is a list of cases'],
    [
      'a change that is none',
      file('    change: []\ngood: []'),
      'REST-OBS1-tracing: bad 0: change is a map of resources',
    ],
    ['another rule', file('good: []').replace('OBS1', 'OBS2'), 'the file is named after its rule, and says REST-OBS2'],
  ])('with %s is an error', (_, text, message) => {
    expect(() => parseRule(text, 'logging', 'REST-OBS1-tracing')).toThrow(message);
  });
});

describe('the corpus', () => {
  test('names its files as the rules are named', () => {
    const folder = join(__dirname, '../../lib/checks/rules');
    const missing = corpus.filter(({ area, name }) => !existsSync(join(folder, area, `${name}.ts`)));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('has one file a rule, in the folder of its area', () => {
    expect(corpus.map(({ area, rule }) => `${area}/${rule}`).sort()).toEqual(
      rules.map(({ area, id }) => `${area}/${id}`).sort(),
    );
  });

  test('has a bad and two good templates of each rule, of each make that it applies to', () => {
    const missing = corpus.flatMap(({ rule: name, bad, good, noBody, noL2 }) => {
      const bases = [...bad, ...good].flatMap((one) => one.bases);
      const has = (make: string) => bases.some((base) => base.endsWith(make));
      const kinds = rules.find(({ id }) => id === name)?.appliesTo ?? [];
      const documented = kinds.includes('rest') || kinds.includes('http');
      return [
        ...(bad.length > 0 ? [] : [`${name}: a bad case`]),
        ...(new Set(good.map(({ title }) => title)).size > 1 ? [] : [`${name}: two good cases`]),
        ...(has('-raw') || has('-body') ? [] : [`${name}: a template that no L2 made`]),
        ...(has('-body') || noBody !== undefined || !documented ? [] : [`${name}: a Body, or the reason in noBody`]),
        ...(has('-l2') || noL2 !== undefined ? [] : [`${name}: one made by L2s, or the reason in noL2`]),
        ...(has('-body') && noBody !== undefined ? [`${name}: no noBody, there is one`] : []),
        ...(has('-l2') && noL2 !== undefined ? [`${name}: no noL2, there is one`] : []),
      ];
    });
    expect(missing).toEqual([]);
  });

  test('says each thing once', () => {
    const names = corpus.flatMap(({ rule, bad, good }) =>
      [...bad, ...good].flatMap(({ title, bases }) => bases.map((base) => `${rule} ${title} ${base}`)),
    );
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

const EXAMPLES = ruleExamples();

describe('the examples of docs/rules.md', () => {
  const examples = Object.entries(EXAMPLES);
  const shown = examples.flatMap(([rule, { bad, good }]) => [
    [`${rule} bad`, bad] as const,
    [`${rule} good`, good] as const,
  ]);

  test('are there for each rule, and differ', () => {
    const alike = examples.filter(
      ([, { bad, good }]) => `${bad.title}${bad.lines.join()}` === `${good.title}${good.lines.join()}`,
    );
    expect(alike).toEqual([]);
    expect(examples.map(([rule]) => rule).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test('are short, and CloudFormation', () => {
    const wrong = shown.filter(([, { lines }]) => {
      const whole = lines.filter((line) => !line.endsWith('…'));
      return lines.length === 0 || lines.length > 14 || (whole.length === lines.length && !isYaml(lines.join('\n')));
    });
    expect(wrong).toEqual([]);
  });

  test('say what is not there', () => {
    const { bad, good } = EXAMPLES['REST-OBS1'];
    expect(bad.lines.slice(-2)).toEqual(['    StageName: prod', '    # no TracingEnabled']);
    expect(good.lines.slice(-1)).toEqual(['    TracingEnabled: true']);
  });
});

test('docs/rules.md is what the rules say', () => {
  const written = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');
  expect(written === rulesDocument(EXAMPLES) ? '' : 'run: npx tsx scripts/generate-rules-doc.ts').toBe('');
});

corpusSuite();
