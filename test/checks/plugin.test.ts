import { CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ApiGatewayChecks } from '../../lib/checks/checks';
import { type Json } from './draft';
import { goodBody } from './good';
import { acknowledge, Gateway, legacy, names, newApp, paths, synth } from './plugin-support';

describe('by hand', () => {
  test('judges every API of the app, and the gateways once', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { api } = new Gateway(stack, 'Orders', ['/health']);
    legacy(stack);
    Validations.of(app).addPlugins(new ApiGatewayChecks());
    const report = synth(app);
    expect(report.plugins).toHaveLength(1);
    const open = report.violations.filter(({ ruleName }) => ruleName === 'ALL-AUTH1');
    expect(paths(open)).toEqual(['Stack/Legacy/Default/GET/Resource', api.node.path]);
    expect(names(report.violations)).toEqual(expect.arrayContaining(['ALL-LOG1', 'ALL-THR1', 'REST-WAF1']));
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('%s the gateway', (_, before) => {
    const app = newApp();
    const add = (): void => Validations.of(app).addPlugins(new ApiGatewayChecks());
    if (before) {
      add();
    }
    new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health']);
    if (!before) {
      add();
    }
    expect(names(synth(app).violations)).toEqual(['ALL-AUTH1']);
  });

  test('on the app, for a gateway in a Stage', () => {
    const app = newApp();
    new Gateway(new Stack(new Stage(app, 'Prod'), 'Stack'), 'Orders', ['/health']);
    Validations.of(app).addPlugins(new ApiGatewayChecks());
    expect(paths(synth(app).violations)).toEqual(['Prod/Stack/Orders/Api']);
  });

  test('on a Stage, with a gateway beside it', () => {
    const app = newApp();
    const prod = new Stage(app, 'Prod');
    new Gateway(new Stack(prod, 'Stack'), 'Orders', ['/health']);
    new Gateway(new Stack(app, 'Tools'), 'Tools', ['/health']);
    Validations.of(prod).addPlugins(new ApiGatewayChecks());
    expect(paths(synth(app).violations)).toEqual(['Prod/Stack/Orders/Api', 'Tools/Tools/Api']);
  });

  test('shows warnings without failing', () => {
    const app = newApp();
    const { api } = new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health'], false);
    api.securityPolicy = undefined;
    acknowledge(api, 'ALL-AUTH1');
    Validations.of(app).addPlugins(new ApiGatewayChecks());
    expect(synth(app)).toMatchObject({ failed: false, violations: [{ ruleName: 'REST-TLS1', severity: 'warning' }] });
  });

  test('leaves hints to the command line', () => {
    const app = newApp();
    const routes = Array.from({ length: 260 }, (_, i) => `/r${i}`);
    acknowledge(new Gateway(new Stack(app, 'Stack'), 'Orders', routes), 'ALL-AUTH1');
    expect(synth(app)).toMatchObject({ failed: false, violations: [] });
  });

  test('runs no disabled rule', () => {
    const app = newApp();
    new Gateway(new Stack(app, 'Stack'), 'Orders', ['/health']);
    const checks = new ApiGatewayChecks({ disabledRules: ['ALL-AUTH1'] });
    Validations.of(app).addPlugins(checks);
    expect(synth(app)).toMatchObject({ failed: false, violations: [] });
    expect(checks.ruleIds).not.toContain('ALL-AUTH1');
    expect(checks.ruleIds).toContain('REST-AUTH2');
  });

  test.each([
    ['REST-LOG1', '"ALL-LOG1"'],
    ['all-auth1', '"ALL-AUTH1"'],
    ['REST-WAF9', '"REST-WAF1"'],
    ['nonsense', 'docs/rules.md'],
  ])('refuses to disable %s', (word, help) => {
    expect(() => new ApiGatewayChecks({ disabledRules: [word] })).toThrow(`has "${word}", which is not a rule`);
    expect(() => new ApiGatewayChecks({ disabledRules: [word] })).toThrow(help);
  });

  test('has a name and version', () => {
    expect(new ApiGatewayChecks()).toMatchObject({
      name: 'ApiGateway',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
  });
});

test('a whole faultless API passes under the strict switch', () => {
  const app = newApp();
  app.node.setContext('@aws-cdk/core:strictCfnValidateErrors', true);
  const stack = new Stack(app, 'Stack');
  const resources = goodBody().resources as unknown as Record<
    string,
    { Type: string; Properties: Json; DependsOn?: string[]; DeletionPolicy?: string }
  >;
  for (const [id, { Type, Properties, DependsOn, DeletionPolicy }] of Object.entries(resources)) {
    const resource = new CfnResource(stack, id, { type: Type, properties: Properties });
    resource.overrideLogicalId(id);
    resource.addOverride('DependsOn', DependsOn);
    resource.addOverride('DeletionPolicy', DeletionPolicy);
  }
  Validations.of(app).addPlugins(new ApiGatewayChecks());
  expect(synth(app)).toMatchObject({ failed: false, violations: [] });
});
