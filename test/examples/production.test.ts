import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { type Json } from '../support/stacks';

const ROOT = join(__dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SOURCE = readFileSync(join(ROOT, 'examples/production-rest/stack.ts'), 'utf8');
const CALL = /new RestGateway\([^]*?\n {4}\}\);/.exec(SOURCE)?.[0] ?? '';

const app = new App();
EXAMPLES['production-rest'](app);
const [{ template }] = app.synth().stacks;
const RESOURCES = Object.entries<Json>(template.Resources).map(([id, { Type }]) => ({ id, type: String(Type) }));

/** What the README counts together, by id and type; the first that fits takes a resource. */
const GROUPS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^ApiGatewayAccountLogging/, /./, 'account logging'],
  [/^OrdersDomain/, /./, 'the domain'],
  [/^OrdersWebAcl/, /./, 'the firewall'],
  [/^Orders/, /^AWS::(CloudWatch|Budgets)::|::MetricFilter$|::QueryDefinition$/, 'monitoring'],
  [/^Orders/, /./, 'the API itself is'],
  [/./, /./, 'and the functions, user pool, topics and key of the example'],
];

const groupOf = ({ id, type }: (typeof RESOURCES)[number]): string =>
  GROUPS.find(([byId, byType]) => byId.test(id) && byType.test(type))![2];
const count = (type: string): number => RESOURCES.filter((one) => one.type === type).length;

test('one construct of this library makes all of it', () => {
  expect(SOURCE.match(/new (RestGateway|ApiDomain|ApiGatewayAccountLogging|ApiGatewayChecks)\(/g)).toEqual([
    'new RestGateway(',
  ]);
  expect(CALL.split('\n').length).toBeLessThan(60);
  for (const type of [
    'AWS::ApiGateway::DomainName',
    'AWS::CertificateManager::Certificate',
    'AWS::Route53::RecordSet',
    'AWS::WAFv2::WebACL',
    'AWS::ApiGateway::UsagePlan',
    'AWS::Logs::LogGroup',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::Logs::QueryDefinition',
    'AWS::Budgets::Budget',
  ]) {
    expect([type, count(type) > 0]).toEqual([type, true]);
  }
});

describe('the README tells', () => {
  const paragraph = README.split('\n').find((line) => line.startsWith('[production-rest]')) ?? '';

  test('how long the call is, and how many resources it makes', () => {
    expect(paragraph).toContain(`in one call of ${CALL.split('\n').length} lines: ${RESOURCES.length} resources`);
  });

  test.each(GROUPS.map(([, , name]) => name))('how many resources are of: %s', (name) => {
    const members = RESOURCES.filter((one) => groupOf(one) === name).length;
    expect(paragraph).toMatch(new RegExp(`${name} ${members}\\b`));
  });

  test('what they are', () => {
    const [alarms, filters, queries] = [
      'AWS::CloudWatch::Alarm',
      'AWS::Logs::MetricFilter',
      'AWS::Logs::QueryDefinition',
    ].map(count);
    expect(paragraph).toContain(
      `${alarms} alarms and one composite alarm, ${filters} metric filters, ${queries} queries`,
    );
  });
});
