import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, type IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { LambdaCanary, type LambdaCanaryOptions, RestIntegration, StageCanary } from '../../lib';
import { synth } from '../checks/plugin-support';
import { fn, gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { cycleOf, delivered, versioned } from './support';

const VALUES = { 'AWS::Partition': 'aws-cn', 'AWS::Region': 'cn-north-1', 'AWS::AccountId': '123456789012' };

/** A route with a canary; the alarm looks at the stage that calls the function. */
function build(make: (options: LambdaCanaryOptions) => LambdaCanary, options: LambdaCanaryOptions = {}) {
  const app = testApp();
  const { stack, api } = gateway({}, app);
  const metric = new Metric({
    namespace: 'AWS/ApiGateway',
    metricName: '5XXError',
    dimensionsMap: { ApiName: 'Api', Stage: api.cfnStage('prod').ref },
  });
  const alarms: IAlarm[] = [new Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 1 })];
  const handler = versioned(stack);
  const canary = make({ alarms, ...options });
  api.addRoute('GET /a', { integration: RestIntegration.lambda(handler, { canary }) });
  api.addRoute('GET /b', { integration: RestIntegration.lambda(handler, { canary }) });
  return { app, template: templateOf(stack) };
}

const ten = (options: LambdaCanaryOptions) => LambdaCanary.canary(10, Duration.minutes(7), options);

describe('the template', () => {
  const { template } = build(ten);
  const group = resource(template, 'AWS::CodeDeploy::DeploymentGroup').Properties;

  test('one alias for all routes, shifted by CodeDeploy', () => {
    const alias = resource(template, 'AWS::Lambda::Alias');
    expect(alias.Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [expect.stringMatching(/CurrentVersion/), 'Version'] },
    });
    expect(alias.UpdatePolicy.CodeDeployLambdaAliasUpdate).toEqual({
      ApplicationName: { Ref: ids(template, 'AWS::CodeDeploy::Application')[0] },
      DeploymentGroupName: { Ref: ids(template, 'AWS::CodeDeploy::DeploymentGroup')[0] },
    });
  });

  test('the routes call the alias, and it permits them', () => {
    const { paths } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
    const { uri } = paths['/a'].get['x-amazon-apigateway-integration'];
    expect(uri['Fn::Sub']).toMatch(/functions\/\$\{Handler\w+\.Arn\}:live\/invocations$/);
    expect(resource(template, 'AWS::Lambda::Permission').Properties.FunctionName).toEqual({
      Ref: ids(template, 'AWS::Lambda::Alias')[0],
    });
  });

  test('alarms of the API have it go back, and close no cycle', () => {
    expect(cycleOf(template)).toBeUndefined();
    expect(group.AlarmConfiguration).toEqual({
      Enabled: true,
      Alarms: [{ Name: { Ref: ids(template, 'AWS::CloudWatch::Alarm')[0] } }],
    });
    expect(group.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
  });

  test.each<[string, (options: LambdaCanaryOptions) => LambdaCanary, Json]>([
    ['canary', ten, { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: 10, CanaryInterval: 7 } }],
    [
      'linear',
      (options) => LambdaCanary.linear(20, Duration.hours(1), options),
      { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearPercentage: 20, LinearInterval: 60 } },
    ],
  ])('%s', (_, make, routing) => {
    const config = resource(build(make).template, 'AWS::CodeDeploy::DeploymentConfig').Properties;
    expect(config).toEqual({ ComputePlatform: 'Lambda', TrafficRoutingConfig: routing });
  });

  test('all at once, with hooks that may tell their outcome, and exact ARNs in every policy', () => {
    const { stack, api } = gateway();
    const canary = LambdaCanary.allAtOnce({ preHook: fn(stack, 'Pre'), postHook: fn(stack, 'Post') });
    api.addRoute('GET /x', { integration: RestIntegration.lambda(versioned(stack), { canary }) });
    const made = templateOf(stack);
    expect(resource(made, 'AWS::CodeDeploy::DeploymentGroup').Properties.DeploymentConfigName).toBe(
      'CodeDeployDefault.LambdaAllAtOnce',
    );
    const { Statement } = delivered(
      resource(made, 'AWS::IAM::ManagedPolicy', /LambdaCanaryPolicy/).Properties.PolicyDocument,
      VALUES,
    );
    expect(Statement.map(({ Action, Resource }: Json) => [Action, Resource])).toEqual([
      [
        ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        [expect.stringMatching(/^Handler\w+\.Arn$/), expect.stringMatching(/^Handler\w+\.Arn:\*$/)],
      ],
      ['lambda:InvokeFunction', [expect.stringMatching(/^Pre/), expect.stringMatching(/^Post/)]],
    ]);
    const hooks = resource(made, 'AWS::IAM::ManagedPolicy', /HooksPolicy/).Properties;
    expect(hooks.Roles).toHaveLength(2);
    expect(delivered(hooks.PolicyDocument.Statement[0].Resource, VALUES)).toMatch(
      /^arn:aws-cn:codedeploy:cn-north-1:123456789012:deploymentgroup:Handler\w+\/Handler\w+$/,
    );
  });

  test('ids are a contract', () => {
    const own = Object.keys(template.Resources).filter((id) => /^HandlerLambdaCanary/.test(id));
    expect(own.map((id) => id.replace(/^HandlerLambdaCanary(\w+)\w{8}$/, '$1')).sort()).toEqual(
      ['Alias', 'Application', 'Config', 'Group', 'Policy', 'Role'].sort(),
    );
  });

  test('the checks find the permission of the alias', () => {
    const { plugins, violations } = synth(build(ten).app);
    expect(plugins).toHaveLength(1);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});

describe('what is told', () => {
  const routeTo = (make: (stack: Stack) => RestIntegration, canary?: StageCanary) => () => {
    const { stack, api } = gateway({ stages: { prod: { canary } } });
    api.addRoute('GET /x', { integration: make(stack) });
  };
  const shifted = (canary: LambdaCanary) => routeTo((stack) => RestIntegration.lambda(versioned(stack), { canary }));
  const minute = Duration.minutes(1);

  test.each<[string, () => unknown, string]>([
    [
      'no percent',
      shifted(LambdaCanary.canary(0, minute)),
      'route "GET /x": canary: percent is 0; CodeDeploy shifts whole percents, 1 to 99',
    ],
    ['a part of one', shifted(LambdaCanary.linear(1.5, minute)), 'percent is 1.5;'],
    ['seconds', shifted(LambdaCanary.linear(10, Duration.seconds(90))), 'interval is 1.5 minutes; use whole minutes'],
    ['days', shifted(LambdaCanary.canary(10, Duration.days(3))), 'interval is 4320 minutes;'],
    [
      'alarms',
      shifted(
        LambdaCanary.allAtOnce({
          alarms: Array.from({ length: 11 }, (_, index) => Alarm.fromAlarmName(new Stack(), `A${index}`, `${index}`)),
        }),
      ),
      'has 11 alarms and 0 critical ones of its API; the maximum of CodeDeploy is 10',
    ],
    [
      'an imported function',
      routeTo((stack) =>
        RestIntegration.lambda(Function.fromFunctionName(stack, 'Theirs', 'theirs'), {
          canary: LambdaCanary.allAtOnce(),
        }),
      ),
      '"Stack/Theirs" is imported, but a canary creates a version and an alias of a function of this app',
    ],
    [
      'an alias',
      routeTo((stack) => {
        const alias = new Alias(stack, 'Mine', { aliasName: 'mine', version: versioned(stack).currentVersion });
        return RestIntegration.lambda(alias, { canary: LambdaCanary.allAtOnce() });
      }),
      '"Stack/Mine" is an alias',
    ],
    [
      'two canaries of one function',
      () => {
        const { stack, api } = gateway();
        const handler = versioned(stack);
        for (const path of ['/x', '/y']) {
          api.addRoute(`GET ${path}`, {
            integration: RestIntegration.lambda(handler, { canary: LambdaCanary.allAtOnce() }),
          });
        }
      },
      'route "GET /y": canary: the function "Stack/Handler" has another canary already',
    ],
    [
      'a stage that has a canary too',
      routeTo(
        (stack) => RestIntegration.lambda(versioned(stack), { canary: LambdaCanary.allAtOnce() }),
        StageCanary.of({ percent: 10 }),
      ),
      'an alias changes for the callers of both deployments at once',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
