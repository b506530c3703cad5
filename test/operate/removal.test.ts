import { RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { ConnectionStore, RestIntegration, StageCanary, WebAcl } from '../../lib';
import { ids, gateway, resource, templateOf, testApp } from '../support/stacks';
import { versioned } from '../release/support';

/** A gateway with all that is kept: logs, the account's role, deployments and versions under a canary. */
function kept(): Stack {
  const { stack, api } = gateway(
    {
      webAcl: WebAcl.managed({ rateLimit: 100, log: {} }),
      stages: { prod: { canary: StageCanary.of({ percent: 10 }) } },
    },
    testApp(),
  );
  api.addRoute('GET /x', { integration: RestIntegration.lambda(versioned(stack).currentVersion) });
  return stack;
}

const policiesOf = (stack: Stack, type: string, id?: RegExp) => {
  const { DeletionPolicy, UpdateReplacePolicy } = resource(templateOf(stack), type, id);
  return [DeletionPolicy, UpdateReplacePolicy];
};

const ROLE = ['AWS::IAM::Role', /^ApiGatewayAccountLoggingRole/] as const;
const POLICY = ['AWS::IAM::ManagedPolicy', /^ApiGatewayAccountLoggingPolicy/] as const;

describe.each<[string, (stack: Stack) => void]>([
  ['nothing', () => undefined],
  ['destroy', (stack) => RemovalPolicies.of(stack).destroy()],
  [
    'destroy, twice and of the app',
    (stack) => [stack, stack.node.root].forEach((it) => RemovalPolicies.of(it).destroy()),
  ],
  ['snapshot', (stack) => RemovalPolicies.of(stack).snapshot({ applyToResourceTypes: ['AWS::IAM::Role'] })],
  ['retain', (stack) => RemovalPolicies.of(stack).retain()],
])('with %s of all resources', (_, apply) => {
  const stack = kept();
  apply(stack);

  test('the role that the account names and its policy stay, and so what a failed creation has set', () => {
    expect(policiesOf(stack, ...ROLE)).toEqual(['Retain', 'Retain']);
    expect(policiesOf(stack, ...POLICY)).toEqual(['Retain', 'Retain']);
  });

  test('what a live stage may serve stays: deployments under a canary, and the versions that they call', () => {
    expect(policiesOf(stack, 'AWS::ApiGateway::Deployment')).toEqual(['RetainExceptOnCreate', 'Retain']);
    expect(policiesOf(stack, 'AWS::Lambda::Version')).toEqual(['RetainExceptOnCreate', 'Retain']);
  });
});

test('all log groups follow what is said of all resources', () => {
  const stack = kept();
  const policies = () => {
    const template = templateOf(stack);
    const groups = ids(template, 'AWS::Logs::LogGroup').filter((id) => !id.includes('HandlerLogs'));
    expect(groups).toHaveLength(5);
    return new Set(groups.map((id) => template.Resources[id].DeletionPolicy));
  };
  expect(policies()).toEqual(new Set(['RetainExceptOnCreate']));
  const other = kept();
  RemovalPolicies.of(other).destroy();
  const template = templateOf(other);
  expect(new Set(ids(template, 'AWS::Logs::LogGroup').map((id) => template.Resources[id].DeletionPolicy))).toEqual(
    new Set(['Delete']),
  );
});

test('the user has the last word of one resource, by an override', () => {
  const stack = kept();
  const role = stack.node
    .findAll()
    .find((it): it is CfnRole => CfnRole.isCfnResource(it) && it.node.path.endsWith('AccountLogging/Role'))!;
  role.addOverride('DeletionPolicy', 'Delete');
  expect(policiesOf(stack, ...ROLE)).toEqual(['Delete', 'Retain']);
});

test('a version that the user retains whatever happens keeps that word under a blanket destroy', () => {
  const { stack, api } = gateway({ stages: { prod: { canary: StageCanary.of({ percent: 10 }) } } }, testApp());
  const fn = versioned(stack, '1', { currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } });
  api.addRoute('GET /x', { integration: RestIntegration.lambda(fn.currentVersion) });
  RemovalPolicies.of(stack).destroy();
  expect(policiesOf(stack, 'AWS::Lambda::Version')).toEqual(['Retain', 'Retain']);
});

test('a table of connections is data of a few hours, and goes where nothing else is said', () => {
  const { stack } = gateway({}, testApp());
  new ConnectionStore(stack, 'Store');
  expect(policiesOf(stack, 'AWS::DynamoDB::Table')).toEqual(['Delete', 'Delete']);
});

describe('a log group that is there already takes no settings', () => {
  const log = { declared: false, removalPolicy: RemovalPolicy.DESTROY };

  test.each([
    ['accessLog', () => ({ stages: { prod: { accessLog: log } } })],
    ['executionLog', () => ({ stages: { prod: { executionLog: log } } })],
    ['log', () => ({ webAcl: WebAcl.managed({ rateLimit: 100, log }) })],
  ])('%s', (name, props) => {
    expect(() => gateway(props())).toThrow(
      `${name}: removalPolicy would have no effect: with declared: false the log group exists already and is not changed; leave it out`,
    );
  });

  test('and none is made', () => {
    const there = { declared: false };
    const { stack } = gateway({
      webAcl: WebAcl.managed({ rateLimit: 100, log: there }),
      stages: { prod: { accessLog: there, executionLog: there } },
    });
    const groups = ids(templateOf(stack), 'AWS::Logs::LogGroup');
    expect(groups.filter((id) => !id.includes('HandlerLogs'))).toEqual([]);
  });

  test('nor is it said beside a group of your own', () => {
    const deliveryStream = DeliveryStream.fromDeliveryStreamArn(
      new Stack(),
      'Stream',
      'arn:aws:firehose:eu-west-1:111111111111:deliverystream/amazon-apigateway-logs',
    );
    expect(() => gateway({ stages: { prod: { accessLog: { declared: false, deliveryStream } } } })).toThrow(
      'accessLog: declared would have no effect with deliveryStream, which has its own; leave it out',
    );
  });
});
