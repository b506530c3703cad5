import { type CrashPoint } from '../../support/fake-aws';
import { FakeExecution } from './machine';
import { type Unknowns } from './stack';
import { World } from './world';

const A = { code: 'A' };
const B = { code: 'B' };
const C = { code: 'C', onActiveCanary: 'replace' } as const;
const STEPS = [
  { percent: 10, seconds: 120 },
  { percent: 50, seconds: 60 },
];
const alarms = ['errors'];

/** Each row of the failure table, as what happens and what must be seen. */
const STORIES: Record<string, (world: World) => Promise<void>> = {
  'first deploy: no canary': async (world) => {
    await world.deploy(A);
    expect(world.shown()).toBe('A');
    expect(world.ledger()).toMatchObject({ state: 'stable', rejected: [] });
  },

  'the second deploy is a canary, whose promotion survives the next deploy': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    expect(world.shown()).toBe('A + B 10%');
    await world.promote('B');
    expect(world.shown()).toBe('B');
    await world.deploy({ ...B, settings: 'traced' });
    expect(world.shown()).toBe('B');
    expect(world.ledger()).toMatchObject({ state: 'promoted', stable: world.stack.deploymentOf('B') });
  },

  'the RestApi is replaced: the new stage has no canary': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    world.begin();
    await world.stack.destroy();
    await world.deploy(B);
    expect(world.shown()).toBe('B');
  },

  'failure before Apply: the live stage is untouched and the deployment is gone': async (world) => {
    await world.deploy(A);
    world.begin();
    await world.fails(B, 'beforeApply', /another resource/);
    expect(world.shown()).toBe('A');
    expect(world.aws.gateway.api(world.stack.apiId).deployments.size).toBe(1);
  },

  'failure after Apply: the canary is taken off again': async (world) => {
    await world.deploy(A);
    world.begin();
    await world.fails(B, 'afterApply', /another resource/);
    expect(world.shown()).toBe('A');
    expect(world.ledger()).toMatchObject({ state: 'stable', rejected: [] });
  },

  'failure of the first deploy leaves nothing behind': async (world) => {
    world.mayServe('A');
    await world.fails(A, 'afterApply', /another resource/);
    expect(world.aws.gateway.apis.size).toBe(0);
    expect(world.aws.parameters.values.size).toBe(0);
  },

  'CLI rollback, then a deploy of other settings: the rejected deployment does not come back': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    world.begin();
    await world.rollBack();
    await world.deploy({ ...B, settings: 'traced', percent: 20 });
    expect(world.shown()).toBe('A');
    expect(world.ledger()).toMatchObject({ state: 'rejected', rejected: [world.stack.deploymentOf('B')] });
    await world.retry();
    expect(world.shown()).toBe('A + B 20%');
    await world.deploy({ ...B, settings: 'again', percent: 20 });
    expect(world.shown()).toBe('A + B 20%');
  },

  'second deploy during a canary: refused, or replaced where the app says so': async (world) => {
    await world.deploy(A);
    await world.deploy({ ...B, overrides: { table: 'b' } });
    world.begin();
    await world.fails({ code: 'C' }, undefined, /The canary d\d+ is live on the stage "prod" with 10 % of the traffic/);
    expect(world.shown()).toBe('A + B 10%');
    await world.deploy(C);
    expect(world.shown()).toBe('A + C 10%');
    expect(world.stack.live().canarySettings?.stageVariableOverrides).toBeUndefined();
  },

  'a replacing deploy that fails gives the canary before back': async (world) => {
    await world.deploy(A);
    await world.deploy({ ...B, percent: 30 });
    world.begin();
    await world.fails(C, 'afterApply', /another resource/);
    expect(world.shown()).toBe('A + B 30%');
  },

  'a deploy that fails after a CLI rollback: the stack rolls back to the rejected deployment': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.rollBack();
    world.begin();
    await world.fails({ code: 'C' }, 'afterApply', /another resource/);
    expect(world.shown()).toBe('A');
    expect(world.ledger()).toMatchObject({ state: 'rejected' });
  },

  'promote, and a later deploy rolls back: un-promoted perhaps, not lost': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    world.begin();
    await world.fails({ code: 'C' }, 'afterApply', /another resource/);
    expect(world.shown()).toBe(world.unknowns?.keepsOldAttributes ? 'A + B 10%' : 'B');
    await world.deploy({ code: 'D', onActiveCanary: 'replace' });
    expect(world.shown()).toBe(world.unknowns?.keepsOldAttributes ? 'A + D 10%' : 'B + D 10%');
  },

  'console edits: the next deploy accepts what is live': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    world.begin();
    world.edit('replace', '/deploymentId', world.stack.deploymentOf('A'));
    await world.deploy({ code: 'C' });
    expect(world.shown()).toBe('A + C 10%');
    world.edit('remove', '/canarySettings');
    await world.deploy({ code: 'D' });
    expect(world.shown()).toBe('A + D 10%');
  },

  'destroy during a canary': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    world.begin();
    await world.stack.destroy();
    expect(world.aws.gateway.apis.size).toBe(0);
    expect(world.aws.parameters.values.size).toBe(0);
  },

  'canary turned off in code after a promotion, then on again': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    world.begin();
    await world.deploy({ ...B, canary: false });
    expect([world.shown(), world.stack.events]).toEqual(['B', []]);
    await world.deploy({ code: 'C' });
    expect(world.shown()).toBe('B + C 10%');
  },

  'canary turned off in code while it is being tried: callers keep what they have, and it is told': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    world.begin();
    await world.deploy({ ...B, canary: false });
    expect(world.shown()).toBe('A');
    if (world.died === 0) expect(world.stack.events.slice(0, 1)).toEqual(takenOut(world));
    await world.deploy({ code: 'C' });
    expect(world.shown()).toBe('A + C 10%');
  },

  'canary turned off in code after a rollback: what was rejected goes again, and it is told': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.rollBack();
    world.begin();
    await world.deploy({ ...B, canary: false });
    expect(world.shown()).toBe('A');
    if (world.died === 0) expect(world.stack.events.slice(0, 1)).toEqual(takenOut(world));
    await world.deploy({ code: 'C', canary: false });
    expect(world.shown()).toBe('C');
    await world.deploy({ code: 'D' });
    expect(world.shown()).toBe('C + D 10%');
  },

  'canary turned off together with new code: that code is for all': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.rollBack();
    world.begin();
    await world.deploy({ code: 'C', canary: false });
    expect(world.shown()).toBe('C');
    // Only its author knows whether it is a repaired version.
    if (world.died === 0) expect(world.stack.events.slice(0, 1)).toEqual(takenOut(world, 'C'));
    await world.deploy({ code: 'D' });
    expect(world.shown()).toBe('C + D 10%');
  },

  'canary turned off after a promotion in the console: it was for all already': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    world.mayServe('B');
    world.edit('replace', '/canarySettings/percentTraffic', '0');
    world.edit('replace', '/deploymentId', world.stack.deploymentOf('B'));
    world.begin();
    await world.deploy({ ...B, canary: false });
    expect([world.shown(), world.stack.events]).toEqual(['B', []]);
    await world.deploy({ code: 'C' });
    expect(world.shown()).toBe('B + C 10%');
  },

  // What was rejected stays away, whatever was done to other deployments since.
  'canary turned off after a rollback, and after a canary of what is live anyway was taken off': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.rollBack();
    // As the console makes them: of the deployment that the stage serves.
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('A'));
    world.begin();
    await world.rollBack();
    expect(world.ledger()).toMatchObject({ state: 'rejected', stable: world.stack.deploymentOf('A') });
    expect(world.ledger().history.map(({ action }) => action)).not.toContain('promoted');
    await world.deploy({ ...B, canary: false });
    expect(world.shown()).toBe('A');
    if (world.died === 0) expect(world.stack.events.slice(0, 1)).toEqual(takenOut(world));
  },

  'canary turned off after the state machine took off a canary of what is live anyway': async (world) => {
    world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
    await world.deploy({ ...A, steps: STEPS, alarms });
    await world.deploy({ ...B, steps: STEPS, alarms });
    await world.rollBack();
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('A'));
    world.begin();
    // It has not seen the rollback yet.
    expect(await world.drive()).toBe('RolledBack');
    expect([world.shown(), world.ledger().state]).toEqual(['A', 'rejected']);
    await world.deploy({ ...B, canary: false });
    expect(world.shown()).toBe('A');
    if (world.died === 0) expect(world.stack.events.slice(0, 1)).toEqual(takenOut(world));
  },

  'canary turned off after a rollback, and after an older deployment was promoted': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    await world.deploy({ code: 'C' });
    await world.rollBack();
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('A'));
    world.begin();
    await world.promote('A');
    expect(world.ledger().state).toBe('promoted');
    await world.deploy({ code: 'C', canary: false });
    expect(world.shown()).toBe('A');
  },

  'canary turned off after a promotion was undone by hand, and the deployment rolled back': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    world.edit('replace', '/deploymentId', world.stack.deploymentOf('A'));
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('B'));
    world.begin();
    await world.rollBack();
    expect(world.ledger()).toMatchObject({ state: 'rejected', stable: world.stack.deploymentOf('A') });
    await world.deploy({ ...B, canary: false });
    expect(world.shown()).toBe('A');
  },

  'canary turned off while it is tried again by hand': async (world) => {
    await world.deploy(A);
    await world.deploy(B);
    await world.promote('B');
    await world.deploy({ code: 'C' });
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('A'));
    await world.promote('A');
    world.edit('replace', '/canarySettings/deploymentId', world.stack.deploymentOf('C'));
    world.edit('replace', '/canarySettings/percentTraffic', '5');
    world.begin();
    await world.deploy({ code: 'C', canary: false });
    expect(world.shown()).toBe('A');
  },

  'a progressive release shifts and promotes by itself': async (world) => {
    world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
    await world.deploy({ ...A, steps: STEPS, alarms });
    world.begin();
    expect(world.aws.machines.executions.size).toBe(0);
    await world.deploy({ ...B, steps: STEPS, alarms });
    expect(world.shown()).toBe('A + B 10%');
    await world.drive('Shift');
    await world.drive('Bake');
    world.mayServe('B');
    expect(await world.drive()).toBe('Promoted');
    expect(world.shown()).toBe('B');
    expect(world.ledger().release).toBeUndefined();
  },

  'a progressive release rolls back on an alarm, and stays so': async (world) => {
    world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
    await world.deploy({ ...A, steps: STEPS, alarms });
    await world.deploy({ ...B, steps: STEPS, alarms });
    world.begin();
    world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock + 1 });
    expect(await world.drive()).toBe('RolledBack');
    expect(world.shown()).toBe('A');
    await world.deploy({ ...B, steps: STEPS, alarms, settings: 'traced' });
    expect(world.shown()).toBe('A');
    expect(world.ledger().history.at(-1)).toMatchObject({ action: 'rejected', by: 'progressive: In alarm: errors.' });
  },

  'a progressive release rejects nothing that was promoted while it was about to roll back': async (world) => {
    world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
    await world.deploy({ ...A, steps: STEPS, alarms });
    await world.deploy({ ...B, steps: STEPS, alarms });
    world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock + 1 });
    const execution = FakeExecution.latest(world.aws);
    expect(await execution.run('RollBack')).toBe('RollBack');
    world.mayServe('B');
    await world.control.promote(world.stack.deploymentOf('B'), world.actor);
    world.edit('replace', '/deploymentId', world.stack.deploymentOf('A'));
    world.begin();
    expect(await execution.run()).toBe('Superseded');
    expect([world.shown(), world.ledger().rejected]).toEqual(['A', []]);
  },
};

/** Once only: whoever tries again finds it done. */
const takenOut = ({ stack }: World, live = 'A') => [
  expect.stringMatching(
    new RegExp(
      `^The canary was removed from the stage "prod" of \\S+ before ${stack.deploymentOf('B')} was promoted. All callers get ${stack.deploymentOf(live)} now`,
    ),
  ),
];

async function tell(name: string, unknowns: Unknowns, crashAt?: CrashPoint): Promise<World> {
  const world = new World(unknowns);
  world.aws.crashAt = crashAt;
  await STORIES[name](world);
  expect(world.violations).toEqual([]);
  return world;
}

const VARIANTS: Unknowns[] = [
  { resendsDeployment: true, keepsOldAttributes: false },
  { resendsDeployment: false, keepsOldAttributes: true },
];

describe.each(Object.keys(STORIES))('%s', (name) => {
  test.each([...VARIANTS, { resendsDeployment: true, keepsOldAttributes: true }])(
    'as it goes (%j)',
    async (unknowns) => {
      const { stack, aws } = await tell(name, unknowns);
      // Every request comes once more, the last one first: all that the ledger was there for.
      const stages = () => JSON.stringify([...aws.gateway.apis.values()].map((api) => [...api.stages]));
      const before = stages();
      const created = stack.sent.map(({ event }) => event.RequestType).lastIndexOf('Create');
      for (let index = stack.sent.length - 1; index >= created; index--) await stack.redeliver(index);
      expect(stages()).toBe(before);
    },
  );

  test('with a crash before and after each call, repeated as Lambda and people do', async () => {
    await atEachCall(name, VARIANTS[0], ['before', 'after'], (crash) => tell(name, VARIANTS[0], crash));
  });

  test('with a crash before and after each call that nobody repeats', async () => {
    // Where nobody goes on, dying at a read is dying after the write before it.
    await atEachCall(name, VARIANTS[1], ['after'], async (crash) => {
      const world = new World({ ...VARIANTS[1], crashesAreFinal: true });
      world.aws.crashAt = crash;
      // The story may go another way from here; nothing may get lost on it, and it can go on.
      await STORIES[name](world).catch((error: Error) => {
        if (world.died === 0) throw error;
      });
      expect(world.violations).toEqual([]);
      await world.goesOn();
    });
  });
});

const WRITE = /^PATCH|PutParameter|StartExecution/;

async function atEachCall(
  name: string,
  unknowns: Unknowns,
  sides: readonly CrashPoint['side'][],
  run: (crash: CrashPoint) => Promise<unknown>,
): Promise<void> {
  const { aws, start } = await tell(name, unknowns);
  for (let call = start; call < aws.calls.length; call++) {
    if (sides.length === 1 && !WRITE.test(aws.calls[call])) continue;
    for (const side of sides) {
      try {
        await run({ call, side });
      } catch (error) {
        throw new Error(`crash ${side} call ${call}, ${aws.calls[call]}`, { cause: error });
      }
    }
  }
}
