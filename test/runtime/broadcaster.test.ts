import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { configFromEnvironment } from '../../runtime/handlers/broadcaster/config';
import { connectionsError, forbidden, internalError, limitExceeded } from '../support/fake-connections';
import { dynamoDbError, throttledTable } from '../support/fake-dynamodb';
import { type FakeAnswer } from '../support/fake-http';
import { INDEX, NOW, TABLE, World } from './broadcaster-support';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

const done = (sent: number, gone = 0) => ({ sent, gone, failed: 0 });
const inTable = () => [...world.table.items.keys()].sort();
const times = (answer: FakeAnswer, count: number) => Array<FakeAnswer>(count).fill(answer);
/** Gives these answers in place of the real ones, to one connection or to each. */
function answerFirst(answers: readonly FakeAnswer[], only?: string): void {
  const left = new Map<string, FakeAnswer[]>();
  world.api.before = (id) => {
    if (only !== undefined && id !== only) return undefined;
    if (!left.has(id)) left.set(id, [...answers]);
    return left.get(id)!.shift();
  };
}

describe('from connect to disconnect', () => {
  test('all are reached in several pages, then one user, and at the end nothing is left', async () => {
    world.table.pageSize = 3;
    for (const id of ['a1=', 'a2=', 'a3=', 'a4=']) await world.connect(id, 'alice');
    for (const id of ['b1=', 'b2=']) await world.connect(id, 'bob');
    await world.connect('c1=');
    world.table.seen.length = 0;

    expect(await world.run({ message: 'to all' })).toEqual(done(7));
    expect(world.table.asked()).toEqual(['Scan', 'Scan', 'Scan']);
    world.table.seen.length = 0;
    expect(await world.run({ message: { to: 'alice', é: 1 }, userId: 'alice' })).toEqual(done(4));
    expect(world.table.asked()).toEqual(['Query', 'Query']);
    expect(await world.run({ message: [1], connectionIds: ['c1=', 'b1=', 'c1='], exclude: ['b1='] })).toEqual(done(1));
    expect(await world.run({ message: 'to others', exclude: ['a1=', 'c1='] })).toEqual(done(5));
    const alice = ['to all', '{"to":"alice","é":1}', 'to others'];
    expect(world.received()).toEqual({
      'a1=': alice.slice(0, 2),
      'a2=': alice,
      'a3=': alice,
      'a4=': alice,
      'b1=': ['to all', 'to others'],
      'b2=': ['to all', 'to others'],
      'c1=': ['to all', '[1]'],
    });
    expect(world.waits).toEqual([]);

    for (const id of inTable()) await world.disconnect(id);
    expect(world.table.items.size).toBe(0);
    expect(await world.run({ message: 'nobody' })).toEqual(done(0));
    expect(await world.run({ message: 'nobody', userId: 'alice' })).toEqual(done(0));
    expect(await world.run({ message: 'nobody', connectionIds: [] })).toEqual(done(0));
  });

  test('what the contract permits is all that is asked for', async () => {
    await world.connect('a=', 'alice');
    await world.put('gone=', 'alice');
    world.table.seen.length = 0;
    await world.run({ message: 'x' });
    await world.run({ message: 'x', userId: 'alice' });
    expect(new Set(world.table.asked())).toEqual(new Set(['Scan', 'DeleteItem', 'Query']));
    expect(new Set(world.api.asked())).toEqual(new Set(['POST a=', 'POST gone=']));
  });
});

describe('a connection that is gone', () => {
  test('is deleted from the table', async () => {
    for (let i = 0; i < 6; i++) await (i % 2 ? world.connect(`live${i}`) : world.put(`dead${i}`));
    expect(await world.run({ message: 'x' })).toEqual(done(3, 3));
    expect(inTable()).toEqual(['live1', 'live3', 'live5']);
    expect(await world.run({ message: 'x', connectionIds: ['never-there'] })).toEqual(done(0, 1));
  });

  test('is told by its status, whatever the error is called', async () => {
    await world.put('dead');
    answerFirst([connectionsError(410, 'UnknownError')]);
    expect(await world.run({ message: 'x' })).toEqual(done(0, 1));
    expect(inTable()).toEqual([]);
  });

  test('is waited for while it may be about to be made', async () => {
    await world.put('young', 'alice', NOW - 100);
    world.whileWaiting = async () => {
      if (world.waits.length === 3) world.api.open.set('young', []);
    };
    expect(await world.run({ message: 'welcome' })).toEqual(done(1));
    expect(world.received()).toEqual({ young: ['welcome'] });
    expect(inTable()).toEqual(['young']);
  });

  test('is deleted once it is not young any more, or when $disconnect was faster', async () => {
    await world.put('young', 'alice', NOW - 100);
    expect(await world.run({ message: 'x' })).toEqual(done(0, 1));
    expect(world.clock - NOW).toBeGreaterThanOrEqual(9_900);
    expect(world.clock - NOW).toBeLessThan(20_000);
    expect(inTable()).toEqual([]);

    await world.put('left', 'alice', world.clock);
    world.waits.length = 0;
    world.whileWaiting = () => world.disconnect('left');
    expect(await world.run({ message: 'x' })).toEqual(done(0, 1));
    expect(world.waits).toEqual([100]);
  });

  test('counts as failed where the table is too busy to delete it', async () => {
    await world.put('dead');
    world.table.scripted.DeleteItem = times(throttledTable, 8);
    const result = await world.run({ message: 'x' });
    expect(result).toEqual({ sent: 0, gone: 0, failed: 1, failedConnectionIds: ['dead'] });
    expect(inTable()).toEqual(['dead']);
    expect(await world.run({ message: 'x' })).toEqual(done(0, 1));
  });
});

describe('a service that is busy', () => {
  test.each<[string, FakeAnswer]>([
    ['throttled', limitExceeded],
    ['failing', internalError],
  ])('%s: is asked again after longer and longer waits', async (_, answer) => {
    await world.connect('a');
    await world.connect('b');
    answerFirst(times(answer, 3), 'a');
    expect(await world.run({ message: 'x' })).toEqual(done(2));
    expect(world.received()).toEqual({ a: ['x'], b: ['x'] });
    expect(world.waits).toEqual([100, 200, 400]);
  });

  test('a table that throttles is asked again', async () => {
    await world.connect('a');
    world.table.scripted.Scan = [throttledTable, dynamoDbError('InternalServerError', 'x', 500)];
    expect(await world.run({ message: 'x' })).toEqual(done(1));
    expect(world.waits).toEqual([100, 200]);
  });

  test('a client that never reads is given up, and holds up nobody', async () => {
    world.table.pageSize = 2;
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await world.connect(id);
    world.api.before = (id) => (id === 'c' ? limitExceeded : undefined);
    const result = await world.run({ message: 'x' });
    expect(result).toEqual({ sent: 5, gone: 0, failed: 1, failedConnectionIds: ['c'] });
    expect(world.waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000]);
    expect(world.log).toEqual([
      { event: 'failed', connectionId: 'c', reason: expect.stringContaining('LimitExceededException') },
      { event: 'broadcast', to: 'all', sent: 5, gone: 0, failed: 1, finished: true },
    ]);
    expect(inTable()).toHaveLength(6);
    world.api.before = () => undefined;
    expect(await world.run({ message: 'x', connectionIds: result.failedConnectionIds })).toEqual(done(1));
  });

  test('an id that is none fails alone', async () => {
    await world.connect('a');
    const result = await world.run({ message: 'x', connectionIds: ['not an id', 'a'] });
    expect(result).toMatchObject({ sent: 1, failed: 1, failedConnectionIds: ['not an id'] });
  });
});

describe('a run with too little time', () => {
  /** Each message takes a second; of 40 at once nothing is known, so the clock counts each. */
  const slow = (millis = 1_000) => {
    world.api.before = () => {
      world.clock += millis;
      return undefined;
    };
  };
  const connectMany = async (count: number, userId?: string) => {
    for (let i = 0; i < count; i++) await world.connect(`c${i}`, userId);
  };

  test.each(['all', 'a user', 'given connections'])(
    'goes on where it stopped, for %s, and sends nothing twice',
    async (to) => {
      await connectMany(60, 'alice');
      world.table.pageSize = 25;
      slow();
      const event = {
        message: 'x',
        allowPartial: true,
        ...(to === 'a user' && { userId: 'alice' }),
        ...(to === 'given connections' && { connectionIds: inTable() }),
      };
      let cursor: string | undefined;
      let [runs, sent] = [0, 0];
      do {
        const result = await world.run({ ...event, cursor }, 10_000);
        [runs, sent, cursor] = [runs + 1, sent + result.sent, result.cursor];
      } while (cursor !== undefined && runs < 50);
      expect(sent).toBe(60);
      expect(runs).toBeGreaterThan(1);
      expect(Object.values(world.received())).toEqual(Array(60).fill(['x']));
    },
  );

  test('throws unless a part is allowed, with what is done and what to do', async () => {
    await connectMany(60);
    slow();
    await expect(world.run({ message: 'x' }, 10_000)).rejects.toThrow(
      /^The time ran out before all connections were served \(sent \d+, gone 0, failed 0\)\. Give the function more time or memory, or invoke it with "allowPartial": true and repeat the call with the returned "cursor" until none is returned\.$/,
    );
    expect(world.log.at(-1)).toMatchObject({ event: 'broadcast', finished: false });
  });

  test('keeps what it would have to wait for', async () => {
    await world.connect('a');
    await world.connect('busy');
    answerFirst(times(limitExceeded, 5), 'busy');
    const first = await world.run({ message: 'x', allowPartial: true }, 2_000);
    expect(first).toEqual({ ...done(1), cursor: expect.any(String) });
    expect(world.clock).toBeLessThan(NOW + 1_000);
    expect(await world.run({ message: 'x', allowPartial: true, cursor: first.cursor })).toEqual(done(1));
    expect(world.received()).toEqual({ a: ['x'], busy: ['x'] });
  });

  test('reads no page that it has no time for', async () => {
    await world.connect('a');
    world.table.scripted.Scan = times(throttledTable, 8);
    const { cursor, ...rest } = await world.run({ message: 'x', allowPartial: true }, 1_000);
    expect(rest).toEqual(done(0));
    world.table.scripted.Scan = [];
    expect(await world.run({ message: 'x', cursor })).toEqual(done(1));
  });

  test('takes back its own cursors only', async () => {
    await connectMany(50);
    slow();
    const { cursor } = await world.run({ message: 'x', allowPartial: true }, 10_000);
    await expect(world.run({ message: 'x', cursor, userId: 'alice' })).rejects.toThrow(
      '"cursor" belongs to a run for all connections, but this event is for the user "alice": repeat the original event.',
    );
    for (const wrong of [
      '',
      'x',
      7,
      Buffer.from('{"pending":[1],"more":true}').toString('base64url'),
      Buffer.from('null').toString('base64url'),
    ])
      await expect(world.run({ message: 'x', cursor: wrong })).rejects.toThrow(
        '"cursor" is not one that an unfinished run returned.',
      );
  });
});

describe('what ends a run', () => {
  test('a permission that is missing, at once and with its name', async () => {
    for (let i = 0; i < 100; i++) await world.connect(`c${i}`);
    world.api.before = () => forbidden;
    await expect(world.run({ message: 'x' })).rejects.toThrow(
      `API Gateway refused to send through ${world.api.callbackUrl}: ForbiddenException: Forbidden. The function needs execute-api:ManageConnections on POST/@connections/* of this stage.`,
    );
    expect(world.api.seen.length).toBeLessThanOrEqual(40);
    expect(world.waits).toEqual([]);
  });

  test('a table that cannot be read', async () => {
    world.table.scripted.Scan = [dynamoDbError('AccessDeniedException', 'not authorized to perform: dynamodb:Scan')];
    await expect(world.run({ message: 'x' })).rejects.toThrow(
      'DynamoDB rejected Scan on the table connections: AccessDeniedException: not authorized to perform: dynamodb:Scan',
    );
  });

  test('a function without an index, where a user is asked for', async () => {
    await expect(world.run({ message: 'x', userId: 'alice' }, 60_000, '')).rejects.toThrow(
      'This function has no user index (USER_INDEX_NAME): "userId" cannot be used.',
    );
  });

  test('after a crash in the middle, the next run reaches everybody', async () => {
    for (let i = 0; i < 90; i++) await (i % 9 ? world.connect(`c${i}`) : world.put(`gone${i}`));
    let posts = 0;
    world.api.before = () => (++posts > 45 ? forbidden : undefined);
    await expect(world.run({ message: 'x' })).rejects.toThrow('ForbiddenException');
    world.api.before = () => undefined;
    await world.run({ message: 'x' });
    expect(world.mostAtOnce).toBe(40);
    // At least once: those of the first run have it twice.
    expect(new Set(Object.values(world.received()).map(({ length }) => length))).toEqual(new Set([1, 2]));
    expect(inTable().some((id) => id.startsWith('gone'))).toBe(false);
    expect(inTable()).toHaveLength(80);
  });
});

describe('an event', () => {
  test.each<[unknown, string]>([
    ['hello', 'The event must be an object, e.g. {"message":"hello"}, not "hello".'],
    [null, 'The event must be an object, e.g. {"message":"hello"}, not null.'],
    [{}, 'The event has no "message": it must be a non-empty string, or a value that is sent as JSON.'],
    [{ message: '' }, 'The event has no "message"'],
    [{ message: 'x', userID: 'a' }, 'The event has an unknown field "userID". Did you mean "userId"?'],
    [{ message: 'x', userId: '' }, '"userId" must be a non-empty string, not "".'],
    [{ message: 'x', userId: null }, '"userId" must be a non-empty string, not null.'],
    [
      { message: 'x', userId: 'a', connectionIds: [] },
      'The event has "userId" and "connectionIds": use one of them, or neither to reach all connections.',
    ],
    [{ message: 'x', connectionIds: 'a' }, '"connectionIds" must be a list of connection ids, not "a".'],
    [{ message: 'x', exclude: [''] }, '"exclude" must be a list of connection ids, not [""].'],
    [{ message: 'x', allowPartial: 1 }, '"allowPartial" must be true or false, not 1.'],
  ])('%#: %j is refused', async (event, message) => {
    await expect(world.run(event as object)).rejects.toThrow(message);
    expect([...world.api.seen, ...world.table.seen]).toEqual([]);
  });

  test('may have 128 KB and no more', async () => {
    await world.connect('a');
    expect(await world.run({ message: 'é'.repeat(65_536) })).toEqual(done(1));
    await expect(world.run({ message: 'é'.repeat(65_537) })).rejects.toThrow(
      'The message has 131074 bytes, but API Gateway accepts at most 131072 (128 KB): send less, several messages, or a link.',
    );
    expect(world.api.seen).toHaveLength(1);
  });
});

test.each<[Record<string, string>, string]>([
  [{ CALLBACK_URL: 'https://a/prod' }, 'the environment variable TABLE_NAME is missing'],
  [{ TABLE_NAME: 'x' }, 'the environment variable CALLBACK_URL is missing'],
  [{ TABLE_NAME: 'x', CALLBACK_URL: 'wss://a/prod' }, 'CALLBACK_URL must be the https:// URL of the stage'],
])('the environment %j is refused', (env, message) => {
  expect(() => configFromEnvironment(env)).toThrow(message);
});

test('the bundle runs with the SDK, and repeats what was cut off', async () => {
  await world.connect('a=', 'alice');
  await world.put('gone', 'alice');
  world.table.scripted.Query = ['reset'];
  answerFirst(['reset'], 'a=');
  const bundle = join(__dirname, '../../assets/broadcaster/index.js');
  const script = `require(${JSON.stringify(bundle)}).handler({ message: { hello: 'alice' }, userId: 'alice' }, { getRemainingTimeInMillis: () => 60000 }).then((answer) => console.log(JSON.stringify(answer)))`;
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_ENDPOINT_URL_DYNAMODB: world.table.url,
    TABLE_NAME: TABLE,
    USER_INDEX_NAME: INDEX,
    CALLBACK_URL: world.api.callbackUrl,
  };
  const lines = await new Promise<string>((resolve, reject) =>
    execFile(process.execPath, ['-e', script], { env }, (error, out) => (error ? reject(error) : resolve(out))),
  );
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ event: 'broadcast', to: 'user', sent: 1, gone: 1, failed: 0, finished: true }, done(1, 1)]);
  expect(world.received()).toEqual({ 'a=': ['{"hello":"alice"}'] });
  expect(world.table.asked().filter((operation) => operation === 'Query')).toHaveLength(2);
  expect(world.api.asked().filter((request) => request === 'POST a=')).toHaveLength(2);
}, 20_000);
