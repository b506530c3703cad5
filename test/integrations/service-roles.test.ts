import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { type CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { ServiceRoles } from '../../lib/integrations/service-roles';
import { ids, type Json, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';

const SIZE = 6144;
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
const send = ['sqs:SendMessage'];

const longArn = (index: number): string =>
  `arn:aws-us-gov:sqs:us-gov-west-1:111111111111:${'q'.repeat(75)}${String(index).padStart(5, '0')}`;

function make(): { readonly stack: Stack; readonly roles: ServiceRoles } {
  const stack = new Stack(testApp(), 'Stack');
  return { stack, roles: new ServiceRoles(stack, 'Services', new CfnRestApi(stack, 'Api')) };
}

/** The statements of each policy, by id. */
function policiesOf(stack: Stack): Record<string, Json[]> {
  const { Resources } = templateOf(stack);
  return Object.fromEntries(
    ids({ Resources }, MANAGED_POLICY).map((id) => [id, deployed(Resources[id].Properties.PolicyDocument) as Json]),
  );
}

const granted = (policies: object): string[] =>
  Object.values<Json>(policies as Json).flatMap(({ Statement }) => Statement.flatMap((one: Json) => one.Resource));

test('one policy is enough for what is named again and again', () => {
  const { stack, roles } = make();
  const queue = new Queue(stack, 'Queue');
  for (let index = 0; index < 500; index++) roles.grant('Sqs', [{ actions: send, resources: [queue.queueArn] }]);
  expect(granted(policiesOf(stack))).toHaveLength(1);
});

test('a policy that IAM would refuse for its size becomes several, and nothing is lost', () => {
  const { stack, roles } = make();
  const arns = Array.from({ length: 200 }, (_, index) => longArn(index));
  arns.forEach((arn, index) =>
    roles.grant('Sqs', [{ actions: index % 2 ? send : [...send, 'sqs:GetQueueUrl'], resources: [arn] }]),
  );
  const policies = policiesOf(stack);
  expect(Object.keys(policies).length).toBeGreaterThan(1);
  expect(granted(policies).sort()).toEqual(arns);
  const sizes = Object.values(policies).map((policy) => JSON.stringify(policy).length);
  expect(sizes.filter((size) => size > SIZE)).toEqual([]);
  expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(SIZE - 200);
});

test('ARNs of which only the deployment knows a part count as long ones', () => {
  const { stack, roles } = make();
  for (let index = 0; index < 60; index++) {
    roles.grant('Sqs', [{ actions: send, resources: [new Queue(stack, `Q${index}`).queueArn] }]);
  }
  expect(Object.values(policiesOf(stack)).map((policy) => granted([policy]).length)).toEqual([39, 21]);
});

test('the API waits for all of them, and the first keeps its id', () => {
  const { stack, roles } = make();
  for (let index = 0; index < 100; index++) roles.grant('Sqs', [{ actions: send, resources: [longArn(index)] }]);
  const { Resources } = templateOf(stack);
  const [first, second] = ids({ Resources }, MANAGED_POLICY);
  expect(first).toBe(stack.getLogicalId(roles.node.findChild('Sqs-Policy') as CfnManagedPolicy));
  expect(Resources.Api.DependsOn).toEqual([first, second, ...Resources.Api.DependsOn.slice(2)]);
  expect(Resources.Api.DependsOn).toHaveLength(ids({ Resources }, MANAGED_POLICY).length);
});

test('more policies than a role takes by default is a warning', () => {
  const warningsAt = (count: number): number => {
    const { stack, roles } = make();
    for (let index = 0; index < count; index++) roles.grant('Sqs', [{ actions: send, resources: [longArn(index)] }]);
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('needs more than 10 policies')).length;
  };
  expect([warningsAt(420), warningsAt(440), warningsAt(600)]).toEqual([0, 0, 1]);
});
