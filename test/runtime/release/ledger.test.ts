import * as fc from 'fast-check';
import { type CanaryConfig, checkRoom, EMPTY_LEDGER, parseLedger, printLedger } from '../../../runtime/live/ledger';
import { ledgerName } from '../../../runtime/live/ledger-store';
import { ReleaseControl } from '../../../runtime/live/release';
import { World } from './world';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:release';
const STEPS = [
  { percent: 10, seconds: 120 },
  { percent: 50, seconds: 60 },
];
const actor = { by: 'cli', now: 0 };
const variables = (count: number, length: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, 'x'.repeat(length)]));
const longAlarms = Array.from({ length: 10 }, (_, at) => `${'critical-'.repeat(27)}${at}`);

test('what the app wants is kept whole, whatever else became of the stage', () => {
  const config: fc.Arbitrary<CanaryConfig> = fc.record({
    percent: fc.integer({ min: 1, max: 100 }),
    alarms: fc.array(fc.string({ maxLength: 255, unit: 'grapheme' }), { maxLength: 10 }),
    steps: fc.array(fc.record({ percent: fc.nat(100), seconds: fc.nat(86_400) }), { maxLength: 20 }),
    overrides: fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_]{1,64}$/), fc.stringMatching(/^[a-z]{1,512}$/), {
      maxKeys: 30,
    }),
    stateMachineArn: fc.constant(MACHINE),
  });
  const id = (at: number) => `abcdefgh${String(at).padStart(2, '0')}`;
  const full = {
    ...EMPTY_LEDGER,
    ...{ stable: id(1), candidate: id(2), percent: 10, state: 'canary' as const, since: '2026-01-01T00:00:00Z' },
    rejected: Array.from({ length: 60 }, (_, at) => id(at)),
    deployed: [id(1), id(2), id(3)],
    handled: Array.from({ length: 10 }, (_, at) => `0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e${at}f`),
    release: { id: 'r'.repeat(72), candidate: id(2) },
    owner: `${id(1)}/${'s'.repeat(128)}/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f`,
    history: Array.from({ length: 30 }, (_, at) => ({
      ...{ at: '2026-01-01T00:00:00Z', action: 'rejected' as const, deployment: id(at), by: 'x'.repeat(133) },
    })),
  };
  let refused = 0;
  fc.assert(
    fc.property(config, (given) => {
      try {
        checkRoom(given);
      } catch {
        refused++;
        return;
      }
      const text = printLedger({ ...full, config: given });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
      const kept = parseLedger(text);
      expect(kept.config).toEqual(given);
      expect(kept.rejected).toHaveLength(50);
      expect(kept.history.at(-1)).toEqual(full.history.at(-1));
    }),
    { numRuns: 200 },
  );
  expect(refused).toBeLessThan(200);
});

test('braces in names of alarms, which Parameter Store would take for another parameter, are kept', async () => {
  const alarms = ['{{orders}} errors', '{{{', '}}'];
  const text = printLedger({ ...EMPTY_LEDGER, config: { percent: 10, alarms } });
  expect(text).not.toContain('{{');
  expect(parseLedger(text).config?.alarms).toEqual(alarms);
  const world = new World();
  for (const name of alarms) world.aws.alarms.alarms.set(name, { state: 'OK', since: 0 });
  await world.deploy({ code: 'A', alarms });
  await world.deploy({ code: 'B', alarms });
  expect(world.ledger().config?.alarms).toEqual(alarms);
});

test('history alone makes no advanced parameter, which costs money', () => {
  const history = Array.from({ length: 20 }, () => ({
    at: '',
    action: 'stable' as const,
    deployment: 'd',
    by: 'x'.repeat(400),
  }));
  expect(Buffer.byteLength(printLedger({ ...EMPTY_LEDGER, history }))).toBeLessThanOrEqual(4096);
});

test('more than 4 KB: ten alarms with long names and long stage variables are kept, and watch a retry', async () => {
  const world = new World();
  for (const name of longAlarms) world.aws.alarms.alarms.set(name, { state: 'OK', since: 0 });
  const canary = { steps: STEPS, alarms: longAlarms, overrides: variables(5, 500) };
  await world.deploy({ code: 'A', ...canary });
  await world.deploy({ code: 'B', ...canary });
  expect(world.aws.parameters.advanced).toContain(ledgerName(world.stack.ref));
  await world.rollBack();
  await world.retry();
  expect(world.ledger().config).toMatchObject({ alarms: longAlarms, overrides: canary.overrides });
  const [, { input }] = [...world.aws.machines.executions].at(-1)!;
  expect(JSON.parse(input).alarms).toEqual(longAlarms);
  world.aws.alarms.alarms.set(longAlarms[9], { state: 'ALARM', since: world.aws.clock + 1 });
  expect(await world.drive()).toBe('RolledBack');
});

test('what the ledger has no room for fails before anything is live', async () => {
  const world = new World();
  await world.deploy({ code: 'A' });
  await world.fails(
    { code: 'B', overrides: variables(13, 500) },
    undefined,
    /^The stage variables, alarms and steps of the canary have 6\d\d\d bytes as JSON, but its ledger has room for only 6144\. Nothing was changed/,
  );
  expect(world.aws.calls.filter((call) => call.startsWith('PATCH'))).toEqual([]);
  expect(world.shown()).toBe('A');
});

test('a ledger that Parameter Store does not take stops the canary before it is live', async () => {
  const world = new World();
  await world.deploy({ code: 'A' });
  const body = JSON.stringify({ __type: 'ParameterLimitExceeded', message: 'no more' });
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  world.aws.scripted.push({ match: /PutParameter/, answer: { status: 400, headers, body } });
  await world.fails({ code: 'B' }, undefined, /no more/);
  expect(world.aws.calls.filter((call) => call.startsWith('PATCH'))).toEqual([]);
  expect(world.shown()).toBe('A');
});

test('a ledger that has lost its alarms starts no run that nothing stops', async () => {
  const world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  for (const code of ['A', 'B']) await world.deploy({ code, steps: STEPS, alarms: ['errors'] });
  await world.rollBack();
  const { config, ...rest } = world.ledger();
  world.aws.parameters.put(
    ledgerName(world.stack.ref),
    printLedger({ ...rest, config: { ...config!, alarms: undefined } }),
  );
  const control = new ReleaseControl(world.aws.clients(), world.stack.ref);
  await expect(control.retry(actor)).rejects.toThrow(/has lost the alarms of this stage.*--percent 10\.$/);
  expect(world.shown()).toBe('A');
  await control.retry(actor, { percent: 5 });
  expect(world.shown()).toBe('A + B 5%');
});
