import { type Finding } from '../../lib/checks/rule';
import { grouped } from '../../lib/lookup/grouped';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { type CorpusCase, type CorpusRule, readCorpus, templateOf } from './corpus/read';
import { type Cut, halvesOf, type Naming } from './cut';
import { ids, source } from './support';

const CUTS: readonly Cut[] = ['routes', 'stages', 'everything'];
const NAMINGS: readonly Naming[] = ['parameter', 'import'];

/** Rules on what is missing, and on what is in both files: they say nothing of an API that they see in part. */
const NEED_ALL = [
  ...['ALL-AUTH9', 'ALL-AUTH22', 'REST-KEY1'],
  ...['REST-CACHE3', 'REST-CACHE4', 'REST-CACHE9', 'REST-CACHE10'],
  ...['HTTP-CORS11', 'REST-CORS4'],
  ...['ALL-DEP9', 'REST-DEP3', 'REST-DEP4'],
  ...['DOM2', 'DOM7', 'DOM14', 'DOM16', 'DOM17', 'DOM19', 'DOM20', 'DOM21'],
  ...['ALL-LOG12', 'ALL-OBS3', 'REST-LOG14'],
  ...['REST-NET7', 'REST-WAF1', 'REST-WAF5', 'REST-WAF6'],
  ...['ALL-ROUTE9', 'WS-ROUTE13', 'WS-ROUTE14'],
  ...['V2-THR5', 'REST-VAL4'],
  ...['ALL-DEP23', 'REST-DEP28', 'DOM25'],
];

/** Rules on an order among resources, which a stack has, and two stacks have not. */
const IN_ORDER = ['ALL-LOG12', 'REST-DEP1', 'V2-THR5'];

/** A hint on a VPC link, which says nothing of APIs: those that use it may be in the other file. */
const ON_LINKS = 'REST-INT23';

interface Whole {
  readonly name: string;
  readonly one: CorpusCase;
  readonly template: { readonly Resources: object };
}

const wholes = (rule: string, all: readonly CorpusCase[]): Whole[] =>
  all.flatMap((one) =>
    one.bases.map((base) => ({ name: `${rule} ${one.title} (${base})`, one, template: templateOf(base, one) })),
  );

const found = (region: string | undefined, ...templates: unknown[]): Finding[] =>
  runRules(readModel(templates.map((template, at) => source(template, `cdk.out/t${at}.template.json`, { region }))));

/** Without the rules on whole files, which a cut is no longer. */
const corpus = readCorpus().filter(({ area }) => area !== 'templates');
const numbers = { cut: 0 };

/** What the cuts of one template make appear, each file by itself and both together. */
function* appearing({ name, one: { region }, template }: Whole, at: number): Iterable<string> {
  const whole = ids(found(region, template));
  for (const cut of new Set([CUTS[at % CUTS.length], 'everything' as const])) {
    const naming = NAMINGS[Math.floor(at / CUTS.length) % NAMINGS.length];
    const halves = halvesOf(template.Resources as never, cut, naming);
    if (!halves) continue;
    numbers.cut++;
    const { home, away } = halves;
    const apart = ids([...found(region, home), ...found(region, away)]);
    const fresh = apart.filter((id) => !whole.includes(id) && id !== ON_LINKS);
    yield* fresh.map((id) => `${id} in ${name}, ${cut} by ${naming}`);
    const together = naming === 'import' ? ids(found(region, home, away)) : whole;
    const differing = [...together, ...whole].filter((id) => together.includes(id) !== whole.includes(id));
    yield* differing
      .filter((id) => !IN_ORDER.includes(id))
      .map((id) => `${id} in ${name}, ${cut} by ${naming}, and both files given`);
  }
}

describe('a faultless template in two files, one of which names the API of the other', () => {
  const byArea = grouped(corpus, ({ area }) => area);
  test.each([...byArea])('gets no finding from a cut: %s', (_, rules) => {
    expect(rules.flatMap(({ rule, good }) => wholes(rule, good)).flatMap((one, at) => [...appearing(one, at)])).toEqual(
      [],
    );
  });

  test('is cut nearly always', () => {
    const all = corpus.flatMap(({ rule, good }) => wholes(rule, good));
    expect(numbers.cut).toBeGreaterThan(all.length * 1.2);
  });
});

/** Whether each case of the rule that can be cut is still found, in one of the files. */
function stays({ rule, bad }: CorpusRule): boolean[] {
  return wholes(rule, bad).flatMap(({ one: { region }, template }, at) => {
    const halves = halvesOf(template.Resources as never, 'everything', NAMINGS[at % NAMINGS.length]);
    return halves ? [ids([...found(region, halves.home), ...found(region, halves.away)]).includes(rule)] : [];
  });
}

describe('a fault in a template in two files', () => {
  test.each(corpus.filter(({ rule }) => !NEED_ALL.includes(rule)).map((one) => [one.rule, one]))(
    '%s is found where it is',
    (_, one) => {
      const all = stays(one);
      expect(all.length === 0 || all.includes(true)).toBe(true);
    },
  );

  test.each(corpus.filter(({ rule }) => NEED_ALL.includes(rule)).map((one) => [one.rule, one]))(
    '%s needs the whole API, and is silent',
    (_, one) => {
      expect(stays(one)).not.toContain(true);
    },
  );
});
