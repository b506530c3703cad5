import { RULES } from '../../lib/checks/registry';
import { API_GATEWAY_NAG_RULES } from '../support/strict';
import { ANSWERS } from './compared/answers';
import { ask, compare, type Said } from './compared/compare';
import { comparedTemplates } from './compared/templates';
import { readCorpus } from './corpus/read';

const answering = [...new Set(Object.values(ANSWERS).flatMap(({ ours }) => ours))].sort();

/** One template of each way to break a rule that answers for another tool; `npm run compare` takes the whole corpus. */
const sample = readCorpus()
  .filter(({ rule }) => answering.includes(rule))
  .map((one) => ({ ...one, bad: one.bad.map((bad) => ({ ...bad, bases: bad.bases.slice(0, 1) })), good: [] }));

let said: Said[];

beforeAll(() => {
  said = ask(comparedTemplates(sample, []));
}, 120_000);

test('what cdk-nag and CloudFormation Validate find is found here too, or explained', () => {
  const { rows, gaps } = compare(said);
  expect(gaps).toEqual([]);
  expect(rows.filter(({ answered }) => answered > 0).map(({ id }) => id)).toEqual(Object.keys(ANSWERS).sort());
});

test.each(answering)('without %s something would be missing', (rule) => {
  expect(compare(said, rule).gaps).not.toEqual([]);
});

test('a rule of cdk-nag is named by the one here that looks for the same', () => {
  const named = RULES.flatMap(({ sameAs }) => sameAs?.['cdk-nag'] ?? []);
  expect(API_GATEWAY_NAG_RULES.filter((id) => !named.includes(id))).toEqual(['AwsSolutions-COG4']);
});
