import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { type IAlarm, Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaCanary, type LambdaCanaryOptions } from '../../lib';
import { cycleOf, versioned } from '../release/support';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { ACCOUNT, anyRoute, type Cases, make, newStack } from './support';
import { type Kind, type Props } from './kind';

const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const ALIAS = 'AWS::Lambda::Alias';

const ten = (options?: LambdaCanaryOptions) => LambdaCanary.canary(10, Duration.minutes(5), options);

interface Built {
  readonly stack: Stack;
  readonly functions?: Stack;
  readonly canary?: LambdaCanary;
  readonly code?: string;
  readonly props?: Props;
}

/** An API of which two routes call one function, through a canary. */
function build(kind: Kind, { stack, functions = stack, canary = ten(), code = '1', props = {} }: Built) {
  const handler = versioned(functions, code);
  const { addRoute } = make(kind, { stages: { prod: kind.deployed }, ...props }, stack);
  const [, ...keys] = kind.keys;
  // Each route has an integration of its own: they meet in the function.
  keys.forEach((key) => addRoute(key, { integration: kind.integrations.lambda(handler, { canary }) }));
  return { handler, template: () => templateOf(stack) };
}

/** What CodeDeploy looks at, and what it may ask for. */
function watched(template: Json): { readonly names: Json[]; readonly resources: Json; readonly events: string[] } {
  const { AlarmConfiguration, AutoRollbackConfiguration } = resource(template, GROUP).Properties;
  const { Statement } = resource(template, 'AWS::IAM::ManagedPolicy', /LambdaCanaryPolicy/).Properties.PolicyDocument;
  return {
    names: (AlarmConfiguration?.Alarms ?? []).map(({ Name }: Json) => Name.Ref),
    resources: Statement.find(({ Action }: Json) => Action === 'cloudwatch:DescribeAlarms')?.Resource,
    events: AutoRollbackConfiguration.Events,
  };
}

const topicOf = (stack: Stack) => ({ topic: Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:eu-west-1:${ACCOUNT}:t`) });

function alarmOf(stack: Stack, id: string): Alarm {
  return new Alarm(stack, id, {
    metric: new Metric({ namespace: 'n', metricName: 'm' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
}

export const canaryCases: Cases = {
  'canaries: routes call one alias, which CodeDeploy shifts, and it alone permits them': (kind) => {
    const template = build(kind, { stack: newStack() }).template();
    const [alias, ...others] = ids(template, ALIAS);
    expect(others).toEqual([]);
    const { Properties, UpdatePolicy } = template.Resources[alias];
    expect(Properties).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [ids(template, 'AWS::Lambda::Version')[0], 'Version'] },
    });
    expect(UpdatePolicy.CodeDeployLambdaAliasUpdate).toEqual({
      ApplicationName: { Ref: ids(template, 'AWS::CodeDeploy::Application')[0] },
      DeploymentGroupName: { Ref: ids(template, GROUP)[0] },
    });
    const permission = resource(template, 'AWS::Lambda::Permission').Properties;
    expect(permission.FunctionName).toEqual({ Ref: alias });
    expect(deployed(permission.SourceArn)).toMatch(new RegExp(`/prod/${kind.covering.replaceAll('*', '\\*')}$`));
    const uris = [...JSON.stringify(deployed(template)).matchAll(/functions\/([^/"]+)\/invocations/g)];
    expect(uris.length).toBeGreaterThan(0);
    for (const [, called] of uris) expect(called).toMatch(/Handler\w+.*:live$/);
    expect(cycleOf(template)).toBeUndefined();
  },

  'canaries: a new version deploys the function, and not the API': (kind) => {
    const [first, second] = ['1', '2'].map((code) => build(kind, { stack: newStack(), code }).template());
    expect(ids(first, 'AWS::Lambda::Version')).not.toEqual(ids(second, 'AWS::Lambda::Version'));
    expect(ids(first, ALIAS)).toEqual(ids(second, ALIAS));
    expect(ids(first, kind.types.deployment)).toHaveLength(1);
    expect(ids(first, kind.types.deployment)).toEqual(ids(second, kind.types.deployment));
  },

  'canaries: the critical alarms of the API have the traffic go back, beside those that are given': (kind) => {
    const stack = newStack();
    const mine = alarmOf(stack, 'Mine');
    const built = build(kind, { stack, canary: ten({ alarms: [mine, mine] }), props: { alarms: topicOf(stack) } });
    const template = built.template();
    const { names, resources, events } = watched(template);
    const [first, ...critical] = names;
    expect(first).toMatch(/^Mine/);
    const titles = critical.map((id) => template.Resources[id].Properties.AlarmDescription);
    expect(titles).toEqual(kind.criticalAlarms.map((title) => expect.stringContaining(`stage prod: ${title}`)));
    expect(resources).toEqual(names.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })));
    expect(events).toContain('DEPLOYMENT_STOP_ON_ALARM');
    expect(cycleOf(template)).toBeUndefined();
  },

  'canaries: alarms of the API are left out where one says so, or there are none': (kind) => {
    const stack = newStack();
    const off = build(kind, { stack, canary: ten({ apiAlarms: false }), props: { alarms: topicOf(stack) } });
    for (const template of [off.template(), build(kind, { stack: newStack() }).template()]) {
      expect(watched(template)).toMatchObject({ names: [], resources: undefined });
      expect(watched(template).events).toEqual(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST']);
    }
  },

  'canaries: more alarms than CodeDeploy takes are refused': (kind) => {
    const stack = newStack();
    const alarms: IAlarm[] = Array.from({ length: 10 }, (_, index) => alarmOf(stack, `A${index}`));
    const count = kind.criticalAlarms.length;
    expect(() => build(kind, { stack, canary: ten({ alarms }), props: { alarms: topicOf(stack) } })).toThrow(
      `${kind.name} 'Api': route "${kind.keys[1]}": canary: has 10 alarms and ${count} critical ones of its API; the maximum of CodeDeploy is 10`,
    );
    expect(() => build(kind, { stack: newStack(), canary: ten({ alarms }) })).not.toThrow();
  },

  'canaries: hooks test the new version before and after, and may tell CodeDeploy so': (kind) => {
    const stack = newStack();
    const [preHook, postHook] = ['Before', 'After'].map((id) => fn(stack, id));
    const template = build(kind, {
      stack,
      canary: LambdaCanary.linear(20, Duration.minutes(1), { preHook, postHook }),
    }).template();
    expect(resource(template, ALIAS).UpdatePolicy.CodeDeployLambdaAliasUpdate).toMatchObject({
      BeforeAllowTrafficHook: stack.resolve(preHook.functionName),
      AfterAllowTrafficHook: stack.resolve(postHook.functionName),
    });
    const { PolicyDocument, Roles } = resource(template, 'AWS::IAM::ManagedPolicy', /HooksPolicy/).Properties;
    expect(Roles).toEqual([preHook, postHook].map(({ role }) => stack.resolve(role!.roleName)));
    expect(PolicyDocument.Statement).toMatchObject([{ Action: 'codedeploy:PutLifecycleEventHookExecutionStatus' }]);
    expect(cycleOf(template)).toBeUndefined();
  },

  'canaries: of a function of another stack are made there, without a cycle between the stacks': (kind) => {
    const app = testApp();
    const functions = newStack(app, 'Functions');
    const stack = newStack(app);
    build(kind, { stack, functions, props: { alarms: topicOf(stack) } });
    // Alarms of the API come after the function: the alias cannot wait for them.
    expect(watched(templateOf(functions)).names).toEqual([]);
    expect(ids(templateOf(stack), ALIAS)).toEqual([]);
    expect(stack.dependencies).toEqual([functions]);
    expect(functions.dependencies).toEqual([]);
    expect(resource(templateOf(stack), 'AWS::Lambda::Permission').Properties.FunctionName).toEqual({
      'Fn::ImportValue': expect.stringMatching(/LambdaCanaryAlias/),
    });
  },

  'canaries: shares and times that only the deployment knows are taken': (kind) => {
    const stack = newStack();
    const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
    const canary = LambdaCanary.linear(number('Percent'), Duration.minutes(number('Minutes')));
    const { TrafficRoutingConfig } = resource(
      build(kind, { stack, canary }).template(),
      'AWS::CodeDeploy::DeploymentConfig',
    ).Properties;
    expect(TrafficRoutingConfig.TimeBasedLinear).toEqual({
      LinearPercentage: { Ref: 'Percent' },
      LinearInterval: { Ref: 'Minutes' },
    });
  },

  'canaries: what has none is refused in the same words': (kind) => {
    const stack = newStack();
    const known = Function.fromFunctionArn(stack, 'Known', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:known`);
    const route = (integration: object) => ({ [kind.keys[0]]: anyRoute(kind, { integration }) });
    const canary = ten();
    expect(() => make(kind, { routes: route(kind.integrations.lambda(known, { canary })) }, stack)).toThrow(
      `${kind.name} 'Api': route "${kind.keys[0]}": canary: "Stack/Known" is imported, but a canary creates a version and an alias`,
    );
    const other = newStack();
    const handler = versioned(other);
    const { addRoute } = make(kind, {}, other);
    addRoute(kind.keys[1], { integration: kind.integrations.lambda(handler, { canary }) });
    expect(() => addRoute(kind.keys[2], { integration: kind.integrations.lambda(handler, { canary: ten() }) })).toThrow(
      `route "${kind.keys[2]}": canary: the function "Stack/Handler" has another canary already`,
    );
  },
};
