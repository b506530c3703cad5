import { Aws, type CfnElement, CfnParameter, Duration, Fn, Stack, Tags } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  AccessLogFormat,
  OnActiveCanary,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  type RestStageOptions,
  StageCanary,
} from '../../lib';
import { synth } from '../checks/plugin-support';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { cfnValidateFindings, nagFindings } from '../support/strict';
import { cycleOf, delivered, released, versioned } from './support';

const PLAN = 'Custom::ApiGatewayStageCanaryPlan';
const APPLY = 'Custom::ApiGatewayStageCanary';
const progressive = () => StageCanary.progressive({ steps: [10, 50], interval: Duration.minutes(10) });

/** Values of the references of the templates here. */
const VALUES = {
  'AWS::Partition': 'aws-cn',
  'AWS::Region': 'cn-north-1',
  'AWS::AccountId': '123456789012',
  'AWS::StackId': 'stack-id',
  ApiF70053CD: 'api1',
};

/** Role of a handler → action → resource. */
function policies(template: Json): Record<string, Record<string, Json>> {
  return Object.fromEntries(
    ids(template, 'AWS::IAM::ManagedPolicy')
      .filter((id) => /Canary|Services/.test(id))
      .map((id) => {
        const { Statement } = delivered(template.Resources[id].Properties.PolicyDocument, VALUES);
        const name = /(Plan|Apply|Step|MachineGoesOn|Machine|Lambda)/.exec(id)![1];
        return [name, Object.fromEntries(Statement.map((s: Json) => [[s.Action].flat().join(), s.Resource]))];
      }),
  );
}

describe('the template', () => {
  const template = released(progressive()).template();
  const [deployment] = ids(template, 'AWS::ApiGateway::Deployment');
  const [plan] = ids(template, PLAN);

  test('the stage serves what the plan has read; deployments stay, and none is of a stage', () => {
    expect(resource(template, 'AWS::ApiGateway::Stage').Properties.DeploymentId).toEqual({
      'Fn::GetAtt': [plan, 'StableDeploymentId'],
    });
    expect(template.Resources[deployment]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(template.Resources[deployment].Properties).toEqual({ RestApiId: { Ref: 'ApiF70053CD' } });
    expect(JSON.stringify(template)).not.toMatch(/CanarySetting/);
  });

  test('no resource waits for itself, and the canary comes after the stage, the ledger, its logs and its policy', () => {
    expect(cycleOf(template)).toBeUndefined();
    const behind = new Set<string>();
    const walk = (id: string) => {
      behind.add(id);
      [template.Resources[id].DependsOn ?? []].flat().forEach(walk);
    };
    walk(ids(template, APPLY)[0]);
    const types = [...behind].map((id) => template.Resources[id].Type);
    expect(types).toEqual(expect.arrayContaining(['AWS::ApiGateway::Stage', 'AWS::SSM::Parameter']));
    expect(types.filter((type) => type === 'AWS::Logs::LogGroup').length).toBeGreaterThanOrEqual(2);
    // Each function can do what it is called for, and the machine can go on in another execution.
    const before = (id: string) => [template.Resources[id].DependsOn ?? []].flat();
    expect(before(plan)).toEqual(ids(template, 'AWS::IAM::ManagedPolicy').filter((id) => id.includes('PlanPolicy')));
    const policies = [...behind].filter((id) => template.Resources[id].Type === 'AWS::IAM::ManagedPolicy');
    expect(policies.join()).toMatch(/ApplyPolicy/);
    expect(policies.join()).toMatch(/MachineGoesOnPolicy/);
  });

  test('every policy has exact actions on exact ARNs', () => {
    const stage = 'arn:aws-cn:apigateway:cn-north-1::/restapis/api1/stages/prod';
    const ledger = 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/apigateway/canary/api1/prod';
    const alarm = ids(template, 'AWS::CloudWatch::Alarm')[0];
    const moves = { 'apigateway:GET,apigateway:PATCH': stage, 'ssm:GetParameter,ssm:PutParameter': ledger };
    const logs = { 'logs:CreateLogStream,logs:PutLogEvents': expect.stringMatching(/HandlerLogs\w+\.Arn$/) };
    expect(policies(template)).toEqual({
      Plan: { 'apigateway:GET': stage, 'cloudformation:DescribeStacks': 'stack-id', ...logs },
      Apply: {
        ...moves,
        'cloudformation:DescribeStacks': 'stack-id',
        'states:StartExecution': ids(template, 'AWS::StepFunctions::StateMachine')[0],
        ...logs,
      },
      Step: {
        ...moves,
        'cloudwatch:DescribeAlarms': [`arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:${alarm}`],
        ...logs,
      },
      Machine: { 'lambda:InvokeFunction': expect.stringMatching(/StepHandler\w+\.Arn$/) },
      MachineGoesOn: { 'states:StartExecution': ids(template, 'AWS::StepFunctions::StateMachine')[0] },
      // The stable deployment calls versions that are in no template any more.
      Lambda: { 'lambda:InvokeFunction': expect.stringMatching(/^Handler\w+\.Arn:\*$/) },
    });
    expect(ids(template, 'AWS::IAM::Policy').filter((id) => id.startsWith('Api'))).toEqual([]);
  });

  test('the function is called with a role, and its version stays', () => {
    const integration = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body.paths['/orders'].get[
      'x-amazon-apigateway-integration'
    ];
    expect(integration.credentials).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ApiServicesLambda/), 'Arn'] });
    expect(resource(template, 'AWS::Lambda::Version')).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('the logs of the canary have a retention, and leave nothing behind where they could not be made', () => {
    const groups = ['AccessLog', 'ExecutionLog'].map((id) =>
      resource(template, 'AWS::Logs::LogGroup', new RegExp(`^ApiCanaryprod${id}`)),
    );
    for (const group of groups) {
      expect(group).toMatchObject({ Properties: { RetentionInDays: 365 }, DeletionPolicy: 'RetainExceptOnCreate' });
    }
    const names = groups.map(({ Properties }) => delivered(Properties.LogGroupName, VALUES));
    expect(names).toEqual([
      expect.stringMatching(/^ApiAccessLogprod\w+\/Canary$/),
      'API-Gateway-Execution-Logs_api1/prod/Canary',
    ]);
  });

  test('its server errors are counted in its own log, and ring', () => {
    const patterns = ids(template, 'AWS::Logs::MetricFilter').map((id) => template.Resources[id].Properties);
    expect(patterns.map(({ FilterPattern }) => FilterPattern)).toEqual([
      '{ ($.status = "5*") }',
      '{ ($.status != "-") }',
    ]);
    expect(patterns.every(({ LogGroupName }) => /^ApiCanaryprodAccessLog/.test(LogGroupName.Ref))).toBe(true);
    expect(resource(template, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({ Threshold: 5 });
    const { AlarmNames } = resource(template, APPLY).Properties;
    expect(AlarmNames).toEqual([{ Ref: ids(template, 'AWS::CloudWatch::Alarm')[0] }]);
  });

  test('the command finds the stage by an output', () => {
    const outputs = Object.values<Json>(template.Outputs);
    const [found] = outputs.filter(({ Description }) => /^apigw canary/.test(Description));
    expect(delivered(found.Value, VALUES)).toBe('api1/prod');
  });

  test('the machine is given its function', () => {
    const { DefinitionString, DefinitionSubstitutions, StateMachineType } = resource(
      template,
      'AWS::StepFunctions::StateMachine',
    ).Properties;
    expect(StateMachineType).toBe('STANDARD');
    expect([...DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)).toContain('StepFunctionArn');
    expect(DefinitionSubstitutions.Partition).toEqual({ Ref: 'AWS::Partition' });
    expect(Object.keys(DefinitionSubstitutions)).toEqual(['StepFunctionArn', 'Partition']);
  });

  test('ids are a contract', () => {
    const made = Object.keys(template.Resources).filter((id) => id.startsWith('ApiCanary'));
    expect(made.map((id) => id.replace(/^ApiCanaryprod(\w*)\w{8}$/, '$1')).sort()).toEqual(
      [
        '',
        ...['AccessLog', 'ExecutionLog', 'HandlerLogs', 'Ledger', 'RequestsFilter', 'ServerErrors'],
        ...['ServerErrorsFilter', 'Plan', 'Machine', 'MachineGoesOnPolicy', 'MachinePolicy', 'MachineRole'],
        ...['Plan', 'Apply', 'Step'].flatMap((name) => [`${name}Handler`, `${name}Policy`, `${name}Role`]),
      ].sort(),
    );
    expect(ids(template, APPLY)).toEqual(['ApiCanaryprod77BB49FB']);
    expect(ids(template, PLAN)).toEqual(['ApiCanaryprodPlanAED47ADA']);
  });
});

test('turning a canary on leaves the permission alone that the deployment from before still needs', () => {
  const permissions = (canary: boolean, pinned: boolean) => {
    const { stack, api } = gateway({ stages: { prod: canary ? { canary: StageCanary.of({ percent: 10 }) } : {} } });
    const handler = versioned(stack);
    api.addRoute('GET /x', { integration: RestIntegration.lambda(pinned ? handler.currentVersion : handler) });
    const template = templateOf(stack);
    const found = ids(template, 'AWS::Lambda::Permission').map((id) => [id, template.Resources[id].Properties]);
    return Object.fromEntries(found);
  };
  expect(permissions(true, true)).toMatchObject(permissions(false, false));
  expect(permissions(true, true)).toMatchObject(permissions(false, true));
  expect(Object.keys(permissions(false, false))).toHaveLength(1);
});

test('without steps there is no machine, and a stage without a canary is as it was', () => {
  const { stack } = gateway({
    stages: { prod: { canary: StageCanary.of({ percent: 0.5, onActiveCanary: OnActiveCanary.REPLACE }) }, dev: {} },
  });
  const template = templateOf(stack);
  expect(ids(template, 'AWS::StepFunctions::StateMachine')).toEqual([]);
  expect(resource(template, PLAN).Properties.OnActiveCanary).toBe('replace');
  expect(resource(template, APPLY).Properties.PercentTraffic).toBe(0.5);
  const [deployment] = ids(template, 'AWS::ApiGateway::Deployment');
  expect(resource(template, 'AWS::ApiGateway::Stage', /dev/).Properties.DeploymentId).toEqual({ Ref: deployment });
});

describe('the fingerprint', () => {
  const of = (stage: RestStageOptions = {}, change?: (built: ReturnType<typeof released>) => void) => {
    const built = released(undefined, { stage });
    change?.(built);
    const template = built.template();
    const plan = resource(template, PLAN).Properties.Fingerprint;
    expect(resource(template, APPLY).Properties.Fingerprint).toEqual(plan);
    return JSON.stringify(plan);
  };

  test.each<[string, () => string]>([
    ['a throttle', () => of({ throttle: { rateLimit: 1, burstLimit: 1 } })],
    ['a variable', () => of({ variables: { a: 'b' } })],
    ['an override', () => of({}, ({ api }) => api.cfnStage('prod').addPropertyOverride('Description', 'x'))],
    ['a tag', () => of({}, ({ api }) => Tags.of(api).add('a', 'b'))],
  ])('changes with %s', (_, other) => {
    expect(other()).not.toBe(of());
  });

  test('stays with a new deployment, and holds the values that the stage refers to', () => {
    expect(of({}, ({ fn }) => fn.addEnvironment('A', 'b'))).toBe(of());
    const referring = of({}, ({ stack, api }) =>
      api
        .cfnStage('prod')
        .addPropertyOverride('Variables.a', Fn.importValue(new CfnParameter(stack, 'P').valueAsString)),
    );
    expect(referring).toContain('{"Fn::ImportValue":{"Ref":"P"}}');
  });
});

test('tokens, alarms and logs of your own, another name than the key', () => {
  const stack = new Stack(testApp(), 'Stack');
  const metric = new Metric({ namespace: 'n', metricName: 'm' });
  const mine = new Alarm(stack, 'Mine', { metric, threshold: 1, evaluationPeriods: 1 });
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    routes: { 'GET /': { integration: RestIntegration.mock() } },
    stages: {
      prod: {
        stageName: 'live',
        accessLog: {
          logGroup: LogGroup.fromLogGroupName(stack, 'Log', 'mine'),
          format: AccessLogFormat.custom('$context.requestId'),
        },
        canary: StageCanary.progressive({
          steps: [number('First'), number('Second')],
          interval: Duration.minutes(1),
          alarms: [mine, mine],
          stageVariables: { color: Aws.REGION },
        }),
      },
      dev: { stageName: new CfnParameter(stack, 'Name').valueAsString, canary: StageCanary.of({ percent: 1 }) },
    },
  });
  const template = templateOf(stack);
  const given = resource(template, APPLY, /prod/).Properties;
  expect(given).toMatchObject({
    StageName: 'live',
    PercentTraffic: { Ref: 'First' },
    Steps: [
      { PercentTraffic: { Ref: 'First' }, BakeSeconds: 60 },
      { PercentTraffic: { Ref: 'Second' }, BakeSeconds: 60 },
    ],
    StageVariableOverrides: { color: { Ref: 'AWS::Region' } },
    AlarmNames: [{ Ref: stack.getLogicalId(mine.node.defaultChild as CfnElement) }],
  });
  // The log of one's own has no status to count, and the alarm of one's own is enough.
  expect(ids(template, 'AWS::CloudWatch::Alarm').filter((id) => /prod/.test(id))).toEqual([]);
  expect(resource(template, 'AWS::Logs::LogGroup', /CanaryprodAccess/).Properties.LogGroupName).toBe('mine/Canary');
  // A new name is a new stage, touched together with the old one: each has its policy.
  expect(resource(template, 'AWS::IAM::ManagedPolicy', /prodApplyPolicylive/)).toBeDefined();
  expect(resource(template, PLAN, /dev/).Properties.StageName).toEqual({ Ref: 'Name' });
  expect(cycleOf(template)).toBeUndefined();
  expect(api.cfnStage('prod').deploymentId).toBeDefined();
});

test('a function of another stack is pinned without a cycle between the stacks', () => {
  const app = testApp();
  const other = new Stack(app, 'Other');
  const fn = versioned(other);
  const { stack, api } = gateway({ stages: { prod: { canary: StageCanary.of({ percent: 10 }) } } }, app);
  api.addRoute('GET /x', { integration: RestIntegration.lambda(fn.currentVersion) });
  expect(cycleOf(templateOf(stack))).toBeUndefined();
  expect(resource(templateOf(other), 'AWS::Lambda::Version').DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('nothing is found: by the checks of the gateway, CloudFormation Validate, and the rule packs on what is made here', () => {
  const { app, stack } = released(progressive());
  const ours = nagFindings(app)
    .filter(({ path }) => /\/Canary-prod\/|\/Deployment$|\/Services\//.test(path))
    // A key of one's own is a matter of policy, as for all logs of requests.
    .filter(({ id, path }) => !(/LogGroupEncrypted$/.test(id) && /(Access|Execution)Log$/.test(path)));
  expect(ours).toEqual([]);
  expect(cfnValidateFindings(JSON.stringify(templateOf(stack)))).toEqual([]);
  const { plugins, violations } = synth(app);
  expect(plugins).toHaveLength(1);
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
}, 30_000);
