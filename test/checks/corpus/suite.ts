import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { ids, source } from '../support';
import { type CorpusCase, readCorpus, templateOf } from './read';

/** What is found beside hints that the case is not about. */
function judged(rule: string, base: string, one: CorpusCase): string[] {
  const { also, region, twice } = one;
  const lines = { lost: { line: 5, column: 3 }, kept: { line: 6, column: 3 } };
  const duplicates = twice && [{ path: ['Resources', ...twice], ...lines }];
  const found = runRules(readModel([source(templateOf(base, one), 'cdk.out/t0.template.json', { region, duplicates })]));
  return ids(found.filter(({ id, severity }) => severity !== 'info' || id === rule || also.includes(id)));
}

/** Each bad case is found by its rule and by no other, and nothing is found in a good one. */
export function corpusSuite(): void {
  for (const { rule, bad, good } of readCorpus()) {
    const cases = [...bad.map((one) => [one, [rule]] as const), ...good.map((one) => [one, []] as const)];
    for (const [one, expected] of cases) {
      const name = `${rule} ${expected.length > 0 ? 'finds' : 'lets be'}: ${one.title}`;
      test.each(one.bases)(`${name} (%s)`, (base) => {
        expect(judged(rule, base, one)).toEqual([...expected, ...one.also].sort());
      });
    }
  }
}
