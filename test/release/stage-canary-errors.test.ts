import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { AccessLogFormat, RestIntegration, type RestStageOptions, StageCanary } from '../../lib';
import { gateway, type Json, resource, templateOf } from '../support/stacks';
import { versioned } from './support';

describe('what is told', () => {
  const stageOf = (stage: RestStageOptions) => () => gateway({ stages: { prod: stage } });
  const percent = (value: number) => () => stageOf({ canary: StageCanary.of({ percent: value }) })();
  const steps = (values: number[], interval = Duration.minutes(1)) =>
    stageOf({ canary: StageCanary.progressive({ steps: values, interval }) });
  const alarms = (count: number, stack = new Stack()) =>
    Array.from({ length: count }, (_, index) =>
      Alarm.fromAlarmArn(stack, `A${index}`, 'arn:aws:cloudwatch:r:1:alarm:a'),
    );
  const composite = () => {
    const stack = new Stack();
    return new CompositeAlarm(stack, 'All', { alarmRule: AlarmRule.fromAlarm(alarms(1, stack)[0], AlarmState.ALARM) });
  };

  test.each<[string, () => unknown, string]>([
    [
      'no share',
      percent(0),
      'stage "prod": canary: percent is 0; write the share of the requests in percent, more than 0',
    ],
    ['more than all', percent(100.1), 'percent is 100.1;'],
    ['no number', percent(NaN), 'StageCanary.of: percent must be a number, got: NaN'],
    ['no step', steps([]), 'steps has 0 percentages; use 1 to 20, e.g. [10, 50]'],
    ['a step that falls', steps([10, 50, 50]), 'steps goes from 50 to 50; each must be greater than the previous one'],
    ['a step out of bounds', steps([10, 101]), 'steps[1] is 101;'],
    ['a short interval', steps([10], Duration.seconds(59)), 'interval is 59 seconds; alarms evaluate minutes'],
    ['a fraction of a second', steps([10], Duration.millis(60_500)), 'interval is 60.5 seconds;'],
    [
      'too many alarms',
      stageOf({ canary: StageCanary.of({ percent: 1, alarms: alarms(10) }) }),
      "alarms has 10; the maximum is 10 with the canary's own, so use at most 9",
    ],
    [
      'a composite alarm',
      stageOf({ canary: StageCanary.of({ percent: 1, alarms: [composite()] }) }),
      'the alarm "Default/All" is a composite alarm',
    ],
    [
      'a stage variable',
      stageOf({ canary: StageCanary.of({ percent: 1, stageVariables: { 'a-b': 'c' } }) }),
      'canary: variable "a-b": a name must be up to 64 characters of',
    ],
    [
      'more stage variables than the ledger has room for',
      stageOf({
        canary: StageCanary.of({
          percent: 1,
          stageVariables: Object.fromEntries(Array.from({ length: 12 }, (__, at) => [`v${at}`, 'x'.repeat(512)])),
        }),
      }),
      'canary: stageVariables, the names of the alarms and the steps have 6281 bytes as JSON, but the ledger of the canary has room for 6144; use fewer stage variables',
    ],
    [
      'a log that cannot be counted',
      stageOf({
        canary: StageCanary.of({ percent: 1 }),
        accessLog: { format: AccessLogFormat.custom('$context.requestId') },
      }),
      'canary: the server errors of the canary are counted in the access log',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  const routeTo = (make: (stack: Stack) => RestIntegration) => () => {
    const { stack, api } = gateway({ stages: { prod: { canary: StageCanary.of({ percent: 10 }) } } });
    api.addRoute('GET /x', { integration: make(stack) });
    return stack;
  };
  const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
  const imported = (arn: string) => (stack: Stack) =>
    RestIntegration.lambda(Function.fromFunctionArn(stack, 'Imported', arn));

  test.each<[string, () => unknown, string]>([
    ['a function', routeTo((stack) => RestIntegration.lambda(versioned(stack))), 'code without a version changes'],
    [
      'its latest version',
      routeTo((stack) => RestIntegration.lambda(versioned(stack).latestVersion)),
      'fn.currentVersion',
    ],
    [
      'an imported function',
      routeTo(imported(ARN)),
      'route "GET /x": a stage has a canary, and code without a version',
    ],
    [
      'an alias',
      routeTo((stack) =>
        RestIntegration.lambda(
          new Alias(stack, 'Live', { aliasName: 'live', version: versioned(stack).currentVersion }),
        ),
      ),
      'an alias changes for the callers of both deployments at once',
    ],
    [
      'functions by stage',
      routeTo((stack) => RestIntegration.lambdaByStage({ prod: versioned(stack).currentVersion })),
      'lambdaByStage reads a variable that both deployments share',
    ],
    [
      'a version that goes',
      routeTo((stack) => {
        const currentVersionOptions = { removalPolicy: RemovalPolicy.DESTROY };
        return RestIntegration.lambda(versioned(stack, '1', { currentVersionOptions }).currentVersion);
      }),
      'set currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } on the function',
    ],
  ])('a route to %s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  const base = Array.from({ length: 7 }, (_, index) => ({
    'Fn::Select': [index, { 'Fn::Split': [':', { Ref: 'Arn' }] }],
  }));
  const joined = (suffix: string[]) => ({
    'Fn::Join': ['', base.flatMap((part, index) => (index === 0 ? [part] : [':', part])).concat(suffix as never)],
  });
  const FROM_TOKEN = [joined([]), joined([':*'])];

  test.each<[string, string, Json]>([
    ['a version by ARN', `${ARN}:7`, `${ARN}:*`],
    ['an ARN that only the deployment knows', Token.asString({ Ref: 'Arn' }), FROM_TOKEN],
  ])('%s is taken, and every version of it allowed', (_, arn, allowed) => {
    const policy = resource(templateOf(routeTo(imported(arn))()), 'AWS::IAM::ManagedPolicy', /ServicesLambda/);
    expect(policy.Properties.PolicyDocument.Statement[0].Resource).toEqual(allowed);
  });
});
