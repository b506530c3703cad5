import * as fc from 'fast-check';
import definition from '../../../runtime/handlers/stage-canary/machine.json';
import { step } from '../../../runtime/handlers/stage-canary/steps';
import { EMPTY_LEDGER, printLedger } from '../../../runtime/live/ledger';
import { counted, firstState, MAX_CHECKS, releaseId, type RunState } from '../../../runtime/live/run';
import { throttled } from '../../support/fake-aws/errors';
import { FakeExecution } from './machine';
import { World } from './world';

const DAY = 86_400;
/** An execution ends when its history has so many events. */
const MAX_EVENTS = 25_000;

interface State {
  readonly Type: string;
  readonly Retry?: readonly { readonly MaxAttempts: number }[];
}

/** Entered and left; a task is scheduled, started and ended with each try. */
function mostEvents(name: keyof typeof definition.States): number {
  const { Type, Retry = [] } = definition.States[name] as State;
  const tries = Type === 'Task' ? 1 + Math.max(...Retry.map(({ MaxAttempts }) => MaxAttempts)) : 0;
  return 2 + 3 * tries;
}

test('an execution stays below 25,000 events, also where only the last try of each call works', () => {
  const check = mostEvents('Bake') + mostEvents('Check') + mostEvents('Next');
  const shifts = 20 * (mostEvents('Shift') + mostEvents('Next') + check);
  const rest = mostEvents('Continue') + mostEvents('Promote') + mostEvents('RollBack') + 10;
  expect(MAX_CHECKS * check + shifts + rest).toBeLessThan(MAX_EVENTS);
});

/** The real handler on a stage that is only a few numbers, so that weeks take a second. */
async function lasts(steps: readonly { percent: number; seconds: number }[]) {
  let now = Date.UTC(2026, 0, 1);
  const config = { percent: 10, alarms: ['errors'] };
  let value = printLedger({ ...EMPTY_LEDGER, state: 'canary', release: { id: 'r', candidate: 'd2' }, config });
  let version = 1;
  let stable = 'd1';
  let canary: { deploymentId: string; percentTraffic: number } | undefined;
  canary = { deploymentId: 'd2', percentTraffic: steps[0].percent };
  const send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: never }) => {
    const { patchOperations = [], Value } = input as {
      patchOperations?: { path: string; value: string }[];
      Value: string;
    };
    for (const { path, value: given } of patchOperations) {
      if (path === '/canarySettings/percentTraffic') canary!.percentTraffic = Number(given);
      if (path === '/deploymentId') stable = 'd2';
      if (path === '/canarySettings') canary = undefined;
    }
    if (name === 'PutParameterCommand') return ((value = Value), { Version: ++version });
    if (name === 'GetParameterCommand') return { Parameter: { Value: value, Version: version } };
    if (name === 'DescribeAlarmsCommand') return { MetricAlarms: [{ AlarmName: 'errors', StateValue: 'OK' }] };
    return { deploymentId: stable, canarySettings: canary };
  };
  const client = { send } as never;
  const clients = { gateway: client, parameters: client, machines: client, alarms: client };
  const handler = step({ clients, now: () => now });
  const start = { restApiId: 'a', stageName: 'prod', release: 'r', stable: 'd1', candidate: 'd2', alarms: ['errors'] };
  let state: RunState = firstState({ ...start, steps }, now);
  const [began, executions] = [now, [0]];
  let longest = 0;
  for (;;) {
    longest = Math.max(longest, state.waitSeconds);
    if (state.next === 'wait') now += state.waitSeconds * 1000;
    if (state.next === 'done' || state.next === 'superseded') break;
    const action = { shift: 'shift', promote: 'promote', rollBack: 'rollBack' }[state.next as 'shift'] ?? 'watch';
    if (action === 'watch') executions[executions.length - 1]++;
    if (state.next === 'continue') executions.push(0);
    state = await handler({ action: action as 'watch', state });
  }
  return { state, stable, canary, executions, longest, seconds: (now - began) / 1000 };
}

test('every legal duration ends with the promotion, at its time, and alarms are read once a minute', async () => {
  const percents = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });
  const seconds = fc.oneof(fc.integer({ min: 60, max: DAY }), fc.constant(DAY));
  await fc.assert(
    fc.asyncProperty(percents, seconds, async (given, each) => {
      const steps = given.sort((a, b) => a - b).map((percent) => ({ percent, seconds: each }));
      const result = await lasts(steps);
      expect(result).toMatchObject({ state: { next: 'done' }, stable: 'd2', canary: undefined });
      expect(Math.abs(result.seconds - steps.length * each)).toBeLessThanOrEqual(60);
      expect(result.longest).toBeLessThanOrEqual(60);
      expect(Math.max(...result.executions)).toBeLessThanOrEqual(MAX_CHECKS + steps.length);
    }),
    { numRuns: 12 },
  );
}, 120_000);

const STEPS = [
  { percent: 10, seconds: 13 * 3600 },
  { percent: 50, seconds: 60 },
];

async function long(): Promise<World> {
  const world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  for (const code of ['A', 'B']) await world.deploy({ code, steps: STEPS, alarms: ['errors'] });
  return world;
}

describe('a release of 13 hours', () => {
  test('goes on in a second execution of the same run, which promotes', async () => {
    const world = await long();
    const first = FakeExecution.latest(world.aws);
    expect(await first.run('Continue')).toBe('Continue');
    world.mayServe('B');
    // The history that is left tells what one execution is.
    expect(first.events).toBeGreaterThan(6_000);
    expect(await first.runOn()).toBe('Promoted');
    expect(world.shown()).toBe('B');
    expect([...world.aws.machines.executions.keys()]).toEqual([first.name, `${first.name}-2`]);
  });

  test('is rolled back by an alarm in the second one, and ends quietly where somebody moved the stage', async () => {
    for (const [happens, end] of [
      [
        (world: World) => world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock }),
        'RolledBack',
      ],
      [(world: World) => world.edit('remove', '/canarySettings'), 'Superseded'],
    ] as const) {
      const world = await long();
      const first = FakeExecution.latest(world.aws);
      expect(await first.run()).toBe('Continued');
      happens(world);
      expect(await FakeExecution.latest(world.aws).run()).toBe(end);
      expect(world.shown()).toBe('A');
    }
  });

  test.each(['before', 'after'] as const)('is one run where the start is cut %s it was done', async (side) => {
    const world = await long();
    const first = FakeExecution.latest(world.aws);
    await first.run('Continue');
    world.aws.crashAt = { call: world.aws.calls.length, side };
    expect(await first.run()).toBe('Continued');
    expect(world.aws.machines.executions.size).toBe(2);
  });

  test('goes on where the second execution has come and gone already', async () => {
    const world = await long();
    const first = FakeExecution.latest(world.aws);
    await first.run('Continue');
    const { machine } = world.aws.machines.executions.get(first.name)!;
    world.aws.machines.executions.set(first.data.execution!, { machine, input: '{}', running: false });
    expect(await first.run()).toBe('Continued');
    expect(first.data.error).toBeUndefined();
  });

  test('is rolled back where no other execution can be started', async () => {
    const world = await long();
    const first = FakeExecution.latest(world.aws);
    await first.run('Continue');
    world.aws.startExecution = () => {
      throw new Error('AccessDenied');
    };
    expect(await first.run()).toBe('RolledBack');
    expect(world.shown()).toBe('A');
  });

  test('the promotion that cannot be made takes the canary off', async () => {
    const world = await long();
    const first = FakeExecution.latest(world.aws);
    await first.run('Continue');
    await first.run();
    const second = FakeExecution.latest(world.aws);
    await second.run('Promote');
    for (let tries = 0; tries < 7; tries++) world.aws.scripted.push({ match: /^PATCH/, answer: throttled });
    expect(await second.run()).toBe('RolledBack');
    expect(world.shown()).toBe('A');
  });
});

test('an execution of an older definition, which cannot go on in another one, is not told to', async () => {
  const world = await long();
  const run = FakeExecution.latest(world.aws);
  await run.run('Check');
  const handler = step({ clients: world.aws.clients(), now: world.aws.now });
  const state = { ...run.data, checks: MAX_CHECKS };
  expect((await handler({ action: 'check', state })).next).toBe('wait');
  expect((await handler({ action: 'watch', state })).next).toBe('continue');
});

test('the names of its executions differ, and are short enough', () => {
  const release = releaseId('d'.repeat(40), 'x'.repeat(80));
  const names = new Set([release]);
  let state = { release, next: 'wait', checks: MAX_CHECKS } as RunState;
  for (let part = 0; part < 50; part++) {
    state = counted({ ...state, next: 'wait', checks: MAX_CHECKS });
    names.add(state.execution!);
  }
  expect(names.size).toBe(51);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
});
