import * as fc from 'fast-check';
import { connectionsError, internalError, limitExceeded } from '../support/fake-connections';
import { type FakeAnswer } from '../support/fake-http';
import { World } from './broadcaster-support';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

/** What happens to the first tries; `lost` takes the message, and its answer does not arrive. */
const ANSWERS: Readonly<Record<string, FakeAnswer>> = {
  throttled: limitExceeded,
  failing: internalError,
  lost: connectionsError(503, 'ServiceUnavailableException'),
};

const connection = fc.record({
  user: fc.constantFrom('alice', 'bob', undefined),
  alive: fc.boolean(),
  before: fc.array(fc.constantFrom(...Object.keys(ANSWERS)), { maxLength: 3 }),
  excluded: fc.boolean(),
});

test('whatever happens, every live connection of the target has the message, and every gone one is deleted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(connection, { maxLength: 25 }),
      fc.constantFrom('all', 'user', 'given'),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 300 }),
      async (connections, to, pageSize, millisEach) => {
        world.reset();
        world.table.pageSize = pageSize;
        const named = connections.map((one, i) => ({ ...one, id: `c${i}` }));
        for (const { id, user, alive } of named) await (alive ? world.connect(id, user) : world.put(id, user));
        const left = new Map(named.map(({ id, before }) => [id, [...before]]));
        world.api.before = (id) => {
          world.clock += millisEach;
          const kind = left.get(id)?.shift();
          if (kind === 'lost') world.api.open.get(id)?.push('hello');
          return kind === undefined ? undefined : ANSWERS[kind];
        };
        const isMeant = ({ user, excluded }: (typeof named)[number]) =>
          !excluded && (to !== 'user' || user === 'alice');
        const event = {
          message: 'hello',
          allowPartial: true,
          exclude: named.filter(({ excluded }) => excluded).map(({ id }) => id),
          ...(to === 'user' && { userId: 'alice' }),
          ...(to === 'given' && { connectionIds: named.map(({ id }) => id) }),
        };
        let cursor: string | undefined;
        const total = { sent: 0, gone: 0, failed: 0 };
        let runs = 0;
        do {
          const result = await world.run({ ...event, cursor }, 3_000);
          for (const key of ['sent', 'gone', 'failed'] as const) total[key] += result[key];
          cursor = result.cursor;
          expect(++runs).toBeLessThan(200);
        } while (cursor !== undefined);

        const meant = named.filter(isMeant);
        const live = meant.filter(({ alive }) => alive);
        expect(total).toEqual({ sent: live.length, gone: meant.length - live.length, failed: 0 });
        for (const { id, before } of live) {
          const lost = before.filter((kind) => kind === 'lost').length;
          expect(world.api.open.get(id)).toEqual(Array(lost + 1).fill('hello'));
        }
        for (const one of named.filter((each) => !isMeant(each) && each.alive)) {
          expect(world.api.open.get(one.id)).toEqual([]);
        }
        expect([...world.table.items.keys()].sort()).toEqual(
          named
            .filter((one) => one.alive || !isMeant(one))
            .map(({ id }) => id)
            .sort(),
        );
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

test('a run whose answers are late deletes what is gone, so that the next run does not ask again for ever', async () => {
  world.reset();
  const connectionIds = ['c0', 'c1', 'c2'];
  for (const id of connectionIds) await world.put(id);
  // Half of the time is kept back: the last answer comes when the other half is over.
  world.api.before = () => void (world.clock += 500);
  const event = { message: 'hello', allowPartial: true, connectionIds };
  expect(await world.run(event, 3_000)).toEqual({ sent: 0, gone: 3, failed: 0 });
  expect(world.table.items.size).toBe(0);
});
