import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { labelledFixes } from '../../lib/checks/fix';
import { RULES } from '../../lib/checks/registry';
import { main } from '../../runtime/cli/main';

const folder = mkdtempSync(join(tmpdir(), 'apigw-fixes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = RULES.find(({ id }) => id === 'REST-TLS1');
const fixes = rule?.fix ?? { library: '', cloudFormation: '' };
const inAllWays = labelledFixes(fixes).join('\n');

const written = (name: string, resources: object): string => {
  writeFileSync(join(folder, name), JSON.stringify({ Resources: resources }));
  return join(folder, name);
};
const api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } };

function run(...args: string[]): string {
  let out = '';
  main([...args], { stdout: (text) => void (out += text), stderr: () => undefined, color: false });
  return out;
}

const check = (format: string, path: string): string => run('check', '--rule', 'REST-TLS1', '--format', format, path);
const fixOf = (path: string): unknown => JSON.parse(check('json', path))[0];

/** What CDK synthesizes, with the path of each construct in the template or without. */
function assembly(pathMetadata: boolean): string {
  const outdir = mkdtempSync(join(folder, 'cdk.out-'));
  const app = new App({
    outdir,
    context: { 'aws:cdk:enable-path-metadata': pathMetadata },
    analyticsReporting: false,
  });
  new CfnRestApi(new Stack(app, 'Stack'), 'Api', { name: 'shop' });
  app.synth();
  return outdir;
}

describe('the fix of a finding', () => {
  test.each([
    ['a template', { Api: api }],
    ['a SAM template', { Api: { ...api, Metadata: { SamResourceId: 'Api' } } }],
  ])('in %s is that of CloudFormation', (_, resources) => {
    expect(fixOf(written('plain.json', resources))).toMatchObject({ fix: fixes.cloudFormation, fixes });
  });

  test.each([
    ['with the path of a construct', { Api: { ...api, Metadata: { 'aws:cdk:path': 'Stack/Api' } } }],
    ["with CDK's own resource", { Api: api, CDKMetadata: { Type: 'AWS::CDK::Metadata' } }],
  ])('in a template %s is told in all the ways', (_, resources) => {
    expect(fixOf(written('cdk.json', resources))).toMatchObject({ fix: inAllWays, fixes });
  });

  test.each([true, false])('in a cloud assembly is told in all the ways (path metadata: %s)', (pathMetadata) => {
    expect(fixOf(assembly(pathMetadata))).toMatchObject({ fix: inAllWays, fixes });
  });

  test('is in every format', () => {
    const path = written('formats.json', { Api: { ...api, Metadata: { 'aws:cdk:path': 'Stack/Api' } } });
    const squeezed = (text: string): string => text.replaceAll(/[│\s]/g, '');
    expect(squeezed(check('table', path))).toContain(squeezed(`fix: ${inAllWays}`));
    expect(check('junit', path)).toContain(`fix: ${inAllWays}`);
    expect(check('github', path)).toContain(`%0Afix: ${inAllWays.replaceAll('\n', '%0A')}`);
    expect(JSON.parse(check('sarif', path)).runs[0].tool.driver.rules[0].help.text).toBe(inAllWays);
  });
});

test('apigw rules shows the fixes of a rule apart, in JSON also as one text', () => {
  const [told] = JSON.parse(run('rules', 'REST-TLS1', '--format', 'json'));
  expect(told).toMatchObject({ fix: inAllWays, fixes });
  const text = run('rules', 'REST-TLS1').replaceAll(/\s+/g, ' ');
  expect(text).toContain(`fix: ${inAllWays.replaceAll('\n', ' ')} source:`);
});
