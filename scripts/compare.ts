import { ask, compare } from '../test/checks/compared/compare';
import { comparedTemplates } from '../test/checks/compared/templates';
import { readCorpus } from '../test/checks/corpus/read';

/** All that cdk-nag and CloudFormation Validate find in the whole corpus, and what we say of it: `npm run compare`. */
const templates = comparedTemplates(readCorpus());
const { rows, gaps } = compare(ask(templates));
const lines = [
  `${templates.length} templates`,
  ...rows.flatMap(({ id, answered, explained }) => [
    `${id}: ${answered} are ours`,
    ...[...explained].map(([reason, count]) => `  ${count} × ${reason}`),
  ]),
  `${gaps.length} gaps`,
  ...gaps,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = gaps.length > 0 ? 1 : 0;
