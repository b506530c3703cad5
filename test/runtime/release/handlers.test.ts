import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type ApplyProperties } from '../../../runtime/handlers/stage-canary/contract';
import { apply } from '../../../runtime/handlers/stage-canary/apply';
import { plan } from '../../../runtime/handlers/stage-canary/plan';
import { type CustomResourceEvent } from '../../../runtime/handlers/shared/custom-resource';
import { judgeAlarms } from '../../../runtime/live/alarms';
import { EMPTY_LEDGER, type Ledger, parseLedger, printLedger, rejected } from '../../../runtime/live/ledger';
import { LedgerStore, ledgerName } from '../../../runtime/live/ledger-store';
import { FakeAws } from '../../support/fake-aws';
import { throttled } from '../../support/fake-aws/errors';
import { fakeServer } from '../../support/fake-http';
import { FakeExecution } from './machine';
import { World } from './world';

const actor = { by: 'cli', now: 0 };
const STEPS = [
  { percent: 10, seconds: 120 },
  { percent: 50, seconds: 60 },
];
const alarms = ['errors'];

async function progressive(): Promise<World> {
  const world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  await world.deploy({ code: 'A', steps: STEPS, alarms });
  await world.deploy({ code: 'B', steps: STEPS, alarms });
  return world;
}

describe('a run of the state machine ends quietly when it is superseded', () => {
  test.each<[string, (world: World) => unknown, string]>([
    ['by a promotion', (world) => world.promote('B'), 'B'],
    ['by a rollback', (world) => world.rollBack(), 'A'],
    ['by hand: another share', (world) => world.edit('replace', '/canarySettings/percentTraffic', '7'), 'A + B 7%'],
    ['by hand: no canary', (world) => world.edit('remove', '/canarySettings'), 'A'],
    ['by another deploy', (world) => world.deploy({ code: 'C', onActiveCanary: 'replace' }), 'A + C 10%'],
    ['by the end of the stack', (world) => world.stack.destroy(), ''],
  ])('%s', async (_name, supersede, shown) => {
    const world = await progressive();
    const run = FakeExecution.latest(world.aws);
    await run.run('Check');
    await supersede(world);
    expect(['Superseded', 'RolledBack']).toContain(await run.run());
    if (shown) expect(world.shown()).toBe(shown);
    expect(run.data.reason).not.toBe('');
  });

  test('the old run of a candidate that was rolled back and tried again leaves the new one alone', async () => {
    const world = await progressive();
    const old = FakeExecution.latest(world.aws);
    await old.run('Check');
    await world.rollBack();
    world.aws.clock += 1000;
    await world.retry();
    expect(world.aws.machines.executions.size).toBe(2);
    world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock });
    expect(await old.run()).toBe('Superseded');
    expect(world.shown()).toBe('A + B 10%');
    expect(await FakeExecution.latest(world.aws).run()).toBe('RolledBack');
  });

  test('a stage-only deploy keeps the share that the run has given', async () => {
    const world = await progressive();
    const run = FakeExecution.latest(world.aws);
    await run.run('Shift');
    await run.run('Bake');
    await world.deploy({ code: 'B', steps: STEPS, alarms, settings: 'traced' });
    expect(world.shown()).toBe('A + B 50%');
    world.mayServe('B');
    expect(await run.run()).toBe('Promoted');
    expect(world.aws.machines.executions.size).toBe(1);
  });

  test('an alarm that cannot be read, again and again, rolls back', async () => {
    const world = await progressive();
    for (let count = 0; count < 20; count++) world.aws.scripted.push({ match: /DescribeAlarms/, answer: throttled });
    expect(await world.drive()).toBe('RolledBack');
    expect(world.shown()).toBe('A');
  });
});

test.each([
  ['OK', 0, 0, 'good'],
  ['INSUFFICIENT_DATA', 0, 0, 'good'],
  ['ALARM', 1, 60_000, 'bad'],
  ['ALARM', -1, 60_000, 'unclear'],
  ['ALARM', -1, 16 * 60_000, 'bad'],
  ['MISSING', 0, 0, 'bad'],
])('an alarm that is %s since %i ms after the start, %i ms later: %s', (state, since, now, verdict) => {
  expect(judgeAlarms([{ name: 'errors', state, since: new Date(since) }], 0, now).verdict).toBe(verdict);
});

test('a RestApi that is replaced in one update: the new stage serves the candidate, and the old one loses its canary', async () => {
  const world = new World();
  const { aws, stack } = world;
  await world.deploy({ code: 'A' });
  await world.deploy({ code: 'B' });
  const clients = aws.clients();
  const old = stack.sent.at(-1)!.event;
  const oldId = `${stack.apiId}/prod`;
  const RestApiId = aws.gateway.createRestApi('orders-2');
  const candidate = aws.gateway.createDeployment(RestApiId, 'B');
  const event = (more: Partial<CustomResourceEvent>): CustomResourceEvent => ({
    ...old,
    RequestType: 'Update',
    RequestId: 'replaces',
    PhysicalResourceId: `${oldId}/request-2`,
    ResourceProperties: { ...old.ResourceProperties, RestApiId, CandidateDeploymentId: candidate },
    OldResourceProperties: old.ResourceProperties,
    ...more,
  });
  const planned = await plan(clients)(event({}), Infinity);
  expect(planned).toEqual({ data: { StableDeploymentId: candidate } });
  aws.gateway.createStage(RestApiId, 'prod', candidate);
  aws.parameters.put(ledgerName({ restApiId: RestApiId, stageName: 'prod' }), '{}');
  const given = { ...event({}).ResourceProperties, StableDeploymentId: candidate };
  const handler = apply({ clients, now: aws.now });
  const applied = await handler(event({ ResourceProperties: given }), Infinity);
  expect(applied).toMatchObject({
    physicalResourceId: expect.stringMatching(`^${RestApiId}/prod/`),
    data: { State: 'stable', CanaryDeploymentId: '' },
  });
  // Another physical id: CloudFormation deletes the resource of the old one in its clean-up, perhaps twice.
  for (const RequestId of ['clean-up', 'clean-up']) {
    await handler(event({ RequestType: 'Delete', RequestId, ResourceProperties: old.ResourceProperties }), Infinity);
  }
  expect(world.shown()).toBe('A');
  const { deploymentId, canarySettings } = aws.gateway.stage(RestApiId, 'prod');
  expect([deploymentId, canarySettings]).toEqual([candidate, undefined]);
});

test('a promotion by somebody who believes in another stable deployment moves nothing', async () => {
  const world = new World();
  await world.deploy({ code: 'A' });
  await world.deploy({ code: 'B' });
  const [candidate, stable] = [world.stack.deploymentOf('B'), 'd99'];
  await expect(world.control.promote(candidate, actor, { stable })).rejects.toThrow(
    `The stable deployment is now ${world.stack.deploymentOf('A')}, not d99.`,
  );
  expect(world.shown()).toBe('A + B 10%');
  world.mayServe('B');
  await world.control.promote(candidate, actor, { stable: world.stack.deploymentOf('A') });
  expect(world.shown()).toBe('B');
});

describe('Delete', () => {
  const event = (world: World, PhysicalResourceId: string): CustomResourceEvent => ({
    ...world.stack.sent.at(-1)!.event,
    RequestType: 'Delete',
    RequestId: 'delete',
    PhysicalResourceId,
  });

  test('of a resource that another one has taken over touches nothing; of one that failed to be created, it cleans up', async () => {
    const world = new World();
    await world.deploy({ code: 'A' });
    await world.deploy({ code: 'B' });
    const handler = apply({ clients: world.aws.clients(), now: world.aws.now });
    await handler(event(world, `${world.stack.apiId}/prod/request-of-another-logical-id`), Infinity);
    expect(world.shown()).toBe('A + B 10%');
    await handler(event(world, 'orders.apply'), Infinity);
    expect(world.shown()).toBe('A');
    await expect(handler({ ...event(world, 'orders.apply'), ResourceProperties: {} }, Infinity)).resolves.toEqual({});
  });
});

test.each<[Partial<Record<keyof ApplyProperties, unknown>>, string]>([
  [{ RestApiId: '' }, 'RestApiId must be a string, not "".'],
  [{ PercentTraffic: 'ten' }, 'PercentTraffic must be a number from 0 to 100, not "ten".'],
  [{ PercentTraffic: '101' }, 'PercentTraffic must be a number from 0 to 100, not "101".'],
  [
    { Steps: [{ PercentTraffic: 10, BakeSeconds: 1 }] },
    'Steps and StateMachineArn belong together: set both, or neither.',
  ],
  [{ Steps: 'all', StateMachineArn: 'arn' }, 'Steps must be a list, not "all".'],
  [
    { Steps: [{ PercentTraffic: 10 }], StateMachineArn: 'arn' },
    'Steps[0].BakeSeconds must be a whole number of seconds',
  ],
  [{ AlarmNames: 'errors' }, 'AlarmNames must be a list of names, not "errors".'],
  [{ StageVariableOverrides: ['a'] }, 'StageVariableOverrides must be a map of names to strings, not ["a"].'],
])('wrong properties: %j', async (wrong, message) => {
  const world = new World();
  await world.deploy({ code: 'A' });
  const { event } = world.stack.sent.at(-1)!;
  const handler = apply({ clients: world.aws.clients(), now: world.aws.now });
  const ResourceProperties = { ...event.ResourceProperties, ...wrong };
  await expect(handler({ ...event, RequestId: 'other', ResourceProperties }, Infinity)).rejects.toThrow(message);
});

describe('the ledger', () => {
  test('never grows over what a parameter takes: history goes first, rejections stay', () => {
    let ledger: Ledger = { ...EMPTY_LEDGER, config: { percent: 10, alarms: Array(10).fill('a'.repeat(250)) } };
    for (let id = 0; id < 80; id++) ledger = rejected(ledger, `d${id}`, 'd', { by: 'x'.repeat(100), now: id });
    const text = printLedger(ledger);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
    expect(parseLedger(text).rejected).toContain('d79');
    expect(parseLedger(text).rejected).toHaveLength(50);
  });

  test.each(['', '[]', 'null', '{', '{"rejected":7,"history":{}}'])('is read whatever is in it: %s', (text) => {
    expect(parseLedger(text)).toMatchObject({ rejected: [], history: [] });
  });

  test('two that write at once lose nothing', async () => {
    const aws = new FakeAws();
    const name = ledgerName({ restApiId: 'api', stageName: 'prod' });
    aws.parameters.put(name, '{}');
    const store = new LedgerStore(aws.clients().parameters, name);
    aws.parameters.beforePut = () => {
      aws.parameters.beforePut = () => undefined;
      aws.parameters.put(name, printLedger(rejected(EMPTY_LEDGER, 'theirs', 'd', actor)));
    };
    await expect(store.update((ledger) => rejected(ledger, 'ours', 'd', actor))).resolves.toBe(true);
    expect(parseLedger(aws.parameters.latest(name)).rejected).toEqual(['theirs', 'ours']);
  });

  test('is not made by those who come after the end of the stack', async () => {
    const aws = new FakeAws();
    const store = new LedgerStore(aws.clients().parameters, '/apigateway/canary/api/prod');
    await expect(store.update((ledger) => ledger)).resolves.toBe(false);
    expect(aws.parameters.values.size).toBe(0);
  });
});

test('the bundle plans, applies and steps, and waits where it is throttled', async () => {
  const world = await progressive();
  const [service, cloudFormation] = await Promise.all([world.aws.serve(), fakeServer(() => ({ status: 200 }))]);
  try {
    world.aws.scripted.push({ match: /^GET/, answer: throttled });
    const { event } = world.stack.sent.at(-1)!;
    const sent = { ...event, RequestId: 'bundle', ResponseURL: `${cloudFormation.url}/put` };
    const bundle = join(__dirname, '../../../assets/stage-canary/index.js');
    const { data } = FakeExecution.latest(world.aws);
    const script = `const b = require(${JSON.stringify(bundle)}); const c = { getRemainingTimeInMillis: () => 60000 };
      (async () => { await b.plan(${JSON.stringify(sent)}, c); await b.apply(${JSON.stringify(sent)}, c);
      console.log(JSON.stringify(await b.step({ action: 'check', state: ${JSON.stringify(data)} }))); })();`;
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: service.url,
    };
    const stdout = await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, ['-e', script], { env }, (error, out) => (error ? reject(error) : resolve(out))),
    );
    const [planned, applied] = cloudFormation.seen.map(({ body }) => JSON.parse(body));
    const stable = world.stack.deploymentOf('A');
    expect(planned).toMatchObject({ Status: 'SUCCESS', Data: { StableDeploymentId: stable } });
    expect(applied).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: expect.stringMatching(`^${world.stack.apiId}/prod/`),
      Data: { StableDeploymentId: stable, CanaryDeploymentId: world.stack.deploymentOf('B'), State: 'canary' },
    });
    // The real clock is past the bake time of the fake one.
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ next: 'shift' });
  } finally {
    await Promise.all([service.close(), cloudFormation.close()]);
  }
}, 20_000);
