import { Duration } from 'aws-cdk-lib';
import { StageCanary } from '../../lib';
import { apply } from '../../runtime/handlers/stage-canary/apply';
import { plan } from '../../runtime/handlers/stage-canary/plan';
import { configOf, onActiveCanaryOf, stableOf, targetOf } from '../../runtime/handlers/stage-canary/properties';
import { parseLedger } from '../../runtime/live/ledger';
import { ledgerName } from '../../runtime/live/ledger-store';
import { ReleaseControl } from '../../runtime/live/release';
import { FakeAws } from '../support/fake-aws';
import { ids, type Json, resource } from '../support/stacks';
import { delivered, released } from './support';

// Three synths and the first load of the SDK take their time on a busy machine.
jest.setTimeout(30_000);

const PLAN = 'Custom::ApiGatewayStageCanaryPlan';
const APPLY = 'Custom::ApiGatewayStageCanary';

/** Deploys templates of the library, as CloudFormation would: the deployment, the plan, the stage, the canary. */
class Account {
  readonly aws = new FakeAws();
  private readonly clients = this.aws.clients();
  readonly apiId = this.aws.gateway.createRestApi('api');
  private readonly deployments = new Map<string, string>();
  private before?: { plan: Json; apply: Json; id?: string };
  private serial = 0;

  get ref() {
    return { restApiId: this.apiId, stageName: 'prod' };
  }

  get live() {
    return this.aws.gateway.stage(this.apiId, 'prod');
  }

  get control(): ReleaseControl {
    return new ReleaseControl(this.clients, this.ref);
  }

  async deploy(template: Json): Promise<{ candidate: string; data: Json; given: Json }> {
    const [logicalId] = ids(template, 'AWS::ApiGateway::Deployment');
    const candidate = this.deployments.get(logicalId) ?? this.aws.gateway.createDeployment(this.apiId, logicalId);
    this.deployments.set(logicalId, candidate);
    const [machine] = ids(template, 'AWS::StepFunctions::StateMachine');
    const arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:release';
    const values: Record<string, string> = { ApiF70053CD: this.apiId, [logicalId]: candidate, [machine]: arn };
    const planned = delivered(resource(template, PLAN).Properties, values);
    const { data } = (await plan(this.clients)(this.event(planned, this.before?.plan), Infinity)) as Json;
    values[`${ids(template, PLAN)[0]}.StableDeploymentId`] = data.StableDeploymentId;
    const deploymentId = delivered(resource(template, 'AWS::ApiGateway::Stage').Properties.DeploymentId, values);
    if (this.before) {
      const value = deploymentId;
      this.aws.gateway.updateStage(this.apiId, 'prod', [{ op: 'replace', path: '/deploymentId', value }]);
    } else {
      this.aws.gateway.createStage(this.apiId, 'prod', deploymentId);
      this.aws.parameters.put(delivered(resource(template, 'AWS::SSM::Parameter').Properties.Name, values), '{}');
    }
    const given = delivered(resource(template, APPLY).Properties, values);
    const handler = apply({ clients: this.clients, now: this.aws.now });
    const applied = (await handler(this.event(given, this.before?.apply, this.before?.id), Infinity)) as Json;
    this.before = { plan: planned, apply: given, id: applied.physicalResourceId };
    return { candidate, data: applied.data, given };
  }

  private event(ResourceProperties: Json, OldResourceProperties: Json, PhysicalResourceId = 'id') {
    return {
      RequestType: OldResourceProperties ? ('Update' as const) : ('Create' as const),
      ResponseURL: 'http://unused.invalid',
      StackId: 'stack',
      RequestId: `request-${++this.serial}`,
      ResourceType: APPLY,
      LogicalResourceId: 'Canary',
      PhysicalResourceId: OldResourceProperties ? PhysicalResourceId : undefined,
      ResourceProperties,
      OldResourceProperties,
    } as never;
  }
}

const of = (code: string) => released(StageCanary.of({ percent: 12.5, stageVariables: { color: 'blue' } }), { code });

test('the first deployment is for all, the next one for a few, until it is promoted', async () => {
  const account = new Account();
  const first = await account.deploy(of('1').template());
  expect(first.data).toEqual({ StableDeploymentId: first.candidate, CanaryDeploymentId: '', State: 'stable' });
  expect(account.live.canarySettings).toBeUndefined();

  const second = await account.deploy(of('2').template());
  expect(second.candidate).not.toBe(first.candidate);
  expect(second.data.State).toBe('canary');
  expect(account.live).toMatchObject({
    deploymentId: first.candidate,
    canarySettings: {
      deploymentId: second.candidate,
      percentTraffic: 12.5,
      stageVariableOverrides: { color: 'blue' },
    },
  });
  await account.control.promote(second.candidate, { by: 'cli', now: account.aws.now() });
  // A change of the stage alone reads what is live by then, and takes nothing back.
  const again = released(StageCanary.of({ percent: 12.5 }), { code: '2', stage: { description: 'changed' } });
  expect((await account.deploy(again.template())).data.State).toBe('stable');
  expect(account.live).toMatchObject({ deploymentId: second.candidate });
  expect(account.live.canarySettings).toBeUndefined();
});

test('a release with steps starts its machine, and a rejected candidate does not come back', async () => {
  const steps = (code: string) =>
    released(StageCanary.progressive({ steps: [10, 50], interval: Duration.minutes(10) }), { code }).template();
  const account = new Account();
  await account.deploy(steps('1'));
  expect(account.aws.machines.executions.size).toBe(0);
  const { candidate } = await account.deploy(steps('2'));
  expect(account.aws.machines.executions.size).toBe(1);
  expect(parseLedger(account.aws.parameters.latest(ledgerName(account.ref)))).toMatchObject({
    candidate,
    config: {
      steps: [
        { percent: 10, seconds: 600 },
        { percent: 50, seconds: 600 },
      ],
    },
  });
  await account.control.rollBack({ by: 'cli', now: account.aws.now() });
  expect((await account.deploy(steps('2'))).data.State).toBe('rejected');
  expect(account.live.canarySettings).toBeUndefined();
});

test('a second release waits for the first', async () => {
  const account = new Account();
  account.aws.stacks.stacks.set('stack', []);
  await account.deploy(of('1').template());
  await account.deploy(of('2').template());
  await expect(account.deploy(of('3').template())).rejects.toThrow(/apigw canary promote/);
});

test('the handlers read every property that the template writes', async () => {
  const account = new Account();
  const progressive = StageCanary.progressive({ steps: [10, 50], interval: Duration.minutes(10) });
  const { given, candidate } = await account.deploy(released(progressive).template());
  expect(targetOf(given)).toEqual({ ...account.ref, candidate });
  expect(stableOf(given)).toBe(candidate);
  expect(onActiveCanaryOf(delivered(resource(released().template(), PLAN).Properties, {}))).toBe('fail');
  expect(configOf(given)).toMatchObject({ percent: 10, alarms: [expect.any(String)], steps: [{}, {}] });
  const known = ['RestApiId', 'StageName', 'CandidateDeploymentId', 'StableDeploymentId', 'PercentTraffic'];
  const more = ['AlarmNames', 'Steps', 'StateMachineArn', 'Fingerprint', 'ServiceToken', 'ServiceTimeout'];
  expect(Object.keys(given).sort()).toEqual([...known, ...more].sort());
});
