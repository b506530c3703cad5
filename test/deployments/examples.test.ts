import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import {
  createFailRetry,
  deletedAndMadeAnew,
  type Deployed,
  lesserTemplates,
  type Obstacle,
  oneAfterTheOther,
  updateFailRetry,
} from '../support/deployments/journeys';
import { type Template } from '../support/deployments/template';

/** The stacks of an example, each after those that it imports from. */
function stacksOf(name: string): Deployed[] {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  EXAMPLES[name](app);
  return app.synth().stacks.map(({ stackName, template }) => ({ name: stackName, template: template as Template }));
}

interface Reason {
  readonly type: string;
  readonly logicalId: RegExp;
  readonly because: string;
}

/** What is in the way where something was taken out and is put back, and why it is. */
const EXPLAINED: readonly Reason[] = [
  {
    type: 'AWS::Logs::LogGroup',
    logicalId: /(AccessLog|ExecutionLog|WebAclLog)\w*$/,
    because: 'Logs are kept when their stage goes; a log that comes back says `declared: false`.',
  },
  {
    type: 'AWS::Lambda::Version',
    logicalId: /CurrentVersion\w*$/,
    because:
      'A stable deployment may call it, so it is kept; Lambda makes no second version of code that did not change.',
  },
];

const needed = new Set<Reason>();

function isExplained({ type, logicalId }: Obstacle): boolean {
  const reason = EXPLAINED.find((it) => it.type === type && it.logicalId.test(logicalId));
  if (reason) needed.add(reason);
  return reason !== undefined;
}

describe.each(Object.keys(EXAMPLES))('%s', (example) => {
  let stacks: Deployed[];
  beforeAll(() => {
    stacks = stacksOf(example);
  });
  const each = (run: (before: readonly Deployed[], stack: Deployed) => Obstacle[]) =>
    stacks.flatMap((stack, index) => run(stacks.slice(0, index), stack));

  test('a creation that failed, wherever, can be tried again', () => {
    expect(each(createFailRetry)).toEqual([]);
  });

  test('an update that added something and was rolled back, wherever, can be tried again', () => {
    const found = each((before, { name, template }) =>
      lesserTemplates(template).flatMap((lesser) => updateFailRetry(before, name, lesser, template)),
    );
    expect(found).toEqual([]);
  });

  test('what is taken out can be put back', () => {
    const found = each((before, { name, template }) =>
      lesserTemplates(template).flatMap((lesser) => oneAfterTheOther(before, name, template, lesser, template)),
    );
    expect(found.filter((it) => !isExplained(it))).toEqual([]);
  });

  test('a stack that was deleted can be made anew', () => {
    expect(each(deletedAndMadeAnew)).toEqual([]);
  });
});

// The last of the file: it looks at what the others have found.
test('every reason is needed', () => {
  expect([...needed].map(({ because }) => because).sort()).toEqual(EXPLAINED.map(({ because }) => because).sort());
});
