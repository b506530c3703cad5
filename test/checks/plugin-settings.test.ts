import { Stack, Validations } from 'aws-cdk-lib';
import { ApiGatewayChecks, type ApiGatewayChecksProps } from '../../lib/checks/checks';
import { CheckProfile, Severity } from '../../lib/checks/severity';
import { RULES } from '../../lib/checks/registry';
import { runRules } from '../../lib/checks/run';
import { rulesFor } from '../../lib/checks/queries/settings';
import { readModel } from '../../lib/template/reader/read';
import { Gateway, legacy, names, newApp, type Report, synth } from './plugin-support';
import { goodBody, source } from './support';

/** The report on an API with everything left out. */
function report(props: ApiGatewayChecksProps): Report {
  const app = newApp();
  legacy(new Stack(app, 'Stack'));
  Validations.of(app).addPlugins(new ApiGatewayChecks(props));
  return synth(app);
}

const severityOf = ({ violations }: Report, rule: string): string | undefined =>
  violations.find(({ ruleName }) => ruleName === rule)?.severity;

test('a severity of ones own holds, up and down', () => {
  const found = report({
    severities: { 'REST-WAF1': Severity.ERROR, 'ALL-AUTH1': Severity.WARNING, 'ALL-LOG1': Severity.INFO },
  });
  expect(severityOf(found, 'REST-WAF1')).toBe('error');
  expect(severityOf(found, 'ALL-AUTH1')).toBe('warning');
  expect(severityOf(found, 'ALL-LOG1')).toBeUndefined();
});

test('a hint that is raised is looked for', () => {
  expect(severityOf(report({}), 'ALL-OBS3')).toBeUndefined();
  expect(severityOf(report({ severities: { 'ALL-OBS3': Severity.WARNING } }), 'ALL-OBS3')).toBe('warning');
});

test('profiles judge what they are about, and what is written by hand goes before them', () => {
  expect(severityOf(report({}), 'ALL-LOG1')).toBe('warning');
  const production = report({ profile: CheckProfile.PRODUCTION, severities: { 'ALL-THR1': Severity.WARNING } });
  expect([severityOf(production, 'ALL-LOG1'), severityOf(production, 'ALL-THR1')]).toEqual(['error', 'warning']);
  const development = report({ profile: CheckProfile.DEVELOPMENT });
  expect(names(development.violations)).toContain('ALL-AUTH1');
  for (const rule of ['REST-WAF1', 'REST-OBS1', 'ALL-THR1', 'ALL-LOG9'])
    expect([rule, severityOf(development, rule)]).toEqual([rule, undefined]);
});

test('a place that a rule judges milder stays milder than the rule', () => {
  const draft = goodBody();
  Object.assign(draft.call('get', '/orders/{id}'), { timeoutInMillis: 60_000 });
  const found = (severity: Severity) =>
    runRules(
      readModel([source(draft.template)]),
      rulesFor(RULES, { severities: { 'REST-INT1': severity } }, 'test'),
    ).find(({ id }) => id === 'REST-INT1')?.severity;
  expect(found(Severity.ERROR)).toBe('warning');
  expect(found(Severity.INFO)).toBe('info');
});

test('the severity of a rule that does not exist is refused', () => {
  expect(() => new ApiGatewayChecks({ severities: { 'REST-LOG1': Severity.ERROR } })).toThrow(
    'ApiGatewayChecks: severities has "REST-LOG1", which is not a rule. Did you mean "ALL-LOG1"?',
  );
});

test.each([false, 'false'])('the context turns all checks off (%p)', (off) => {
  const app = newApp();
  app.node.setContext('cdk-apigateway-constructs:checks', off);
  new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health']);
  expect(synth(app)).toMatchObject({ failed: false, violations: [] });
  Validations.of(app).addPlugins(new ApiGatewayChecks());
  expect(synth(app)).toMatchObject({ failed: false, violations: [] });
});
