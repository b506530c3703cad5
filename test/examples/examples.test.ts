import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { EXAMPLES } from '../../examples/examples';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { API_GATEWAY_NAG_RULES, cfnValidateFindings, nagFindings, POLICY_NAG_RULES } from '../support/strict';
import { circleIn } from '../support/cycles';
import { type Json } from '../support/stacks';

// What CDK calls deprecated warns in every user's log; here it throws.
process.env.JSII_DEPRECATED = 'fail';

const ROOT = join(__dirname, '..', '..');
const FLAGS: Record<string, Record<string, unknown>> = {
  'no flags': {},
  'all recommended flags': { ...recommendedFlags },
};

test('every folder of examples is an example', () => {
  const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

test('the quick start is twenty lines of a gateway', () => {
  const source = readFileSync(join(ROOT, 'examples/quickstart/stack.ts'), 'utf8');
  const gateway = /new RestGateway\([^]*?\n {4}\}\);/.exec(source)?.[0] ?? '';
  expect(gateway.split('\n').length).toBeGreaterThan(5);
  expect(gateway.split('\n').length).toBeLessThanOrEqual(21);
});

test('everything around an API in production is one call of less than sixty lines', () => {
  const source = readFileSync(join(ROOT, 'examples/production-rest/stack.ts'), 'utf8');
  const gateway = /new RestGateway\([^]*?\n {4}\}\);/.exec(source)?.[0] ?? '';
  for (const prop of [
    'usagePlans',
    'webAcl',
    'accessLog',
    'executionLog',
    'alarms',
    'dashboard',
    'savedQueries',
    'budget',
  ])
    expect(gateway).toContain(`${prop}:`);
  expect(gateway.split('\n').length).toBeLessThan(60);
});

describe.each(Object.keys(EXAMPLES))('%s', (name) => {
  test.each(Object.keys(FLAGS))('synthesizes under %s', (flags) => {
    const app = new App({ context: FLAGS[flags] });
    EXAMPLES[name](app);
    for (const { stackName, template } of app.synth().stacks)
      expect(withoutAssets(template)).toMatchSnapshot(stackName);
  });

  describe('has no finding', () => {
    const app = new App({ context: FLAGS['all recommended flags'] });
    EXAMPLES[name](app);
    const assembly = app.synth();
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));

    test('in our own checks', () => {
      const ours = report.pluginReports.find(
        ({ pluginName, summary }: Json) => (pluginName ?? summary?.pluginName) === 'ApiGateway',
      );
      // Core leaves a plugin out that has nothing to say, acknowledged or not.
      const violations: Json[] = ours?.violations ?? [];
      expect(violations.filter((violation) => !violation.suppressed && !violation.acknowledged)).toEqual([]);
      const sources = readAssembly(assembly.directory);
      // Hints are for whoever asks for them: an alarm or a key of one's own is not for a default to make.
      const worth = judge(runRules(readModel(sources)), sources).open.filter(({ severity }) => severity !== 'info');
      expect(worth).toEqual([]);
    });

    test('in what waits for what: nothing waits for itself', () => {
      for (const { stackName, template } of assembly.stacks)
        expect([stackName, circleIn(template)]).toEqual([stackName, undefined]);
    });

    test('in CloudFormation Validate, warnings included', () => {
      const found = assembly.stacks.flatMap(({ template }) => cfnValidateFindings(JSON.stringify(template)));
      expect(found).toEqual([]);
    });

    test('in the API Gateway rules of cdk-nag, but for those that are policy', () => {
      const found = nagFindings(app).filter(({ id }) => API_GATEWAY_NAG_RULES.includes(id));
      expect(found.filter(({ id }) => !POLICY_NAG_RULES.includes(id))).toEqual([]);
    });
  });
});

test('every acknowledgement that the library makes is listed in docs/acknowledgements.md', () => {
  const docs = readFileSync(join(ROOT, 'docs/acknowledgements.md'), 'utf8');
  const app = new App();
  Object.values(EXAMPLES).forEach((example) => example(app));
  app.synth();
  const made = app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.keys(data as object))
    // CDK acknowledges findings of its own engine on its own constructs.
    .filter((id) => !id.startsWith('CloudFormation-Validate::'))
    .map((id) => id.replace(/^(ApiGateway::(?:ALL-AUTH1|REST-CACHE4|REST-CACHE10))\[.*\]$/, '$1[<route>]'))
    .map((id) => id.replace(/\[Resource::<\w+\.Arn>:\*\]$/, '[Resource::<function>:*]'));
  expect(made.length).toBeGreaterThan(0);
  expect([...new Set(made)].filter((id) => !docs.includes(`\`${id}\``))).toEqual([]);
});

/** A new build of a bundled handler changes the hash of its asset, and nothing that a reader of the snapshot looks for. */
function withoutAssets(template: Json): Json {
  return JSON.parse(JSON.stringify(template).replaceAll(/\b[0-9a-f]{64}\b/g, '<asset hash>'));
}
