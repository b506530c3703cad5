import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FunctionRunnerOptions } from '../../../../runtime/serve/functions/runner';
import { folderOf, functionOf, invocationOf, NODE, parsed, pythonHere, runnerOf } from './support';

const ROOT = join(__dirname, '../../../..');

/** Answers with the sandbox it ran in, and with the number of its call there, after some time. */
const COUNTING = {
  'index.js': `const id = Math.random(); let calls = 0; let running = 0;
    exports.handler = async (ms) => {
      calls++; running++;
      if (running > 1) throw new Error('two at once');
      if (ms) await new Promise((done) => setTimeout(done, ms));
      running--;
      return { id, calls };
    }`,
};
interface Counted {
  readonly id: number;
  readonly calls: number;
}

function setUp(more = {}, options = {}) {
  const target = functionOf(COUNTING, more);
  const runner = runnerOf(options);
  const invoke = (ms: number) => runner.invoke(target, invocationOf(target, ms));
  const call = async (ms = 0) => parsed(await invoke(ms)).value as Counted;
  return { target, runner, invoke, call };
}

const distinct = (all: readonly Counted[]) => new Set(all.map(({ id }) => id)).size;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('sandboxes of a function', () => {
  test('are used again, one call after the other', async () => {
    const { call } = setUp();
    const [first, second, third] = [await call(), await call(), await call()];
    expect([first.calls, second.calls, third.calls]).toEqual([1, 2, 3]);
    expect(distinct([first, second, third])).toBe(1);
  });

  test('are as many as the calls at the same time, up to the size; further calls wait', async () => {
    const { call } = setUp({}, { size: 3 });
    expect(distinct(await Promise.all(times(3, () => call(200))))).toBe(3);
    const all = await Promise.all(times(9, () => call(20)));
    expect(distinct(all)).toBeLessThanOrEqual(3);
    expect(all).toHaveLength(9);
  });

  test('reserved concurrency is the limit: Lambda refuses more', async () => {
    const { invoke, target } = setUp({ maxConcurrency: 2, id: 'Fn' });
    const outcomes = await Promise.all(times(3, () => invoke(100)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'refused']);
    expect(outcomes[2]).toEqual({
      kind: 'refused',
      throttled: true,
      reason:
        'Rate Exceeded. Fn has reserved concurrency for 2 at the same time (ReservedFunctionConcurrentInvocationLimitExceeded)',
    });
    expect((await invoke(0)).kind).toBe('answer');
    expect(target.maxConcurrency).toBe(2);
  });

  test('a reservation of more than the size waits, and is not refused', async () => {
    const { invoke } = setUp({ maxConcurrency: 5 }, { size: 1 });
    const outcomes = await Promise.all(times(6, () => invoke(10)));
    expect(outcomes.map(({ kind }) => kind)).toEqual([...times(5, () => 'answer'), 'refused']);
  });

  test('a reservation of nothing refuses all', async () => {
    const { invoke } = setUp({ maxConcurrency: 0 });
    expect(await invoke(0)).toMatchObject({
      kind: 'refused',
      throttled: true,
      reason: expect.stringMatching(/for no call at all/),
    });
  });

  test('end when they are idle', async () => {
    const { call } = setUp({}, { idleMs: 100 });
    const first = await call();
    await sleep(400);
    expect((await call()).calls).toBe(1);
    expect(first.calls).toBe(1);
  });

  test('take no events that are too large for Lambda', async () => {
    const { target, runner } = setUp();
    const invoke = (length: number) => runner.invoke(target, invocationOf(target, 'x'.repeat(length)));
    expect(await invoke(6_291_454)).toEqual({
      kind: 'refused',
      reason: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
      tooLarge: true,
    });
    expect((await invoke(6_291_453)).kind).toBe('answer');
  });

  test('of other functions are others', async () => {
    const runner = runnerOf();
    const targets = times(2, () => functionOf(COUNTING));
    const all = await Promise.all(
      targets.map(async (one) => parsed(await runner.invoke(one, invocationOf(one, 0))).value as Counted),
    );
    expect(distinct(all)).toBe(2);
  });
});

describe('a restart', () => {
  test('lets the call that runs end, and starts anew', async () => {
    const { target, runner, call } = setUp();
    const [first] = [await call()];
    const running = call(200);
    await sleep(20);
    await runner.restart([target.id]);
    const next = await call();
    expect(next.id).not.toBe(first.id);
    expect(await running).toEqual({ id: first.id, calls: 2 });
    const after = await Promise.all([call(50), call(50)]);
    expect(after.map(({ id }) => id)).not.toContain(first.id);
  });

  test('does not touch others', async () => {
    const { runner, call } = setUp();
    const { id } = await call();
    await runner.restart(['Other']);
    expect(await call()).toEqual({ id, calls: 2 });
  });

  test('in the middle of many calls answers all of them', async () => {
    const { target, runner, call } = setUp({}, { size: 2 });
    const calls = times(20, () => call(5));
    for (let i = 0; i < 5; i++) {
      await sleep(10);
      await runner.restart([target.id]);
    }
    expect((await Promise.all(calls)).every(({ calls: count }) => count > 0)).toBe(true);
  });
});

describe('the end', () => {
  test('answers calls that run or wait, and refuses others', async () => {
    const { runner, invoke } = setUp({}, { size: 1 });
    const calls = times(3, () => invoke(60_000));
    await sleep(200);
    await runner.close();
    for (const outcome of [...(await Promise.all(calls)), await invoke(0)])
      expect(outcome).toEqual({ kind: 'refused', reason: 'the gateway is closed' });
  });

  test('before the first sandbox has started leaves nothing behind', async () => {
    const { runner, invoke } = setUp();
    const call = invoke(0);
    await runner.close();
    expect(await call).toEqual({ kind: 'refused', reason: 'the gateway is closed' });
  });
});

test.each([{ isolate: false }, { isolate: true }])(
  'a debugger attaches to one sandbox, which no time limit stops: %j',
  async (way) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const { call } = setUp({ timeoutInMs: 100 }, { debug: { port }, ...way });
    const all = await Promise.all([call(300), call(0)]);
    expect(distinct(all)).toBe(1);
    const [debuggee] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
      webSocketDebuggerUrl: string;
    }[];
    expect(debuggee.webSocketDebuggerUrl).toMatch(new RegExp(`^ws://127\\.0\\.0\\.1:${port}/`));
  },
);

const KINDS: readonly (readonly [string, string, FunctionRunnerOptions])[] = [
  ['threads', NODE, {}],
  ['processes', NODE, { isolate: true }],
  ['Python', 'python3.12', {}],
];

describe.each(KINDS.filter(([, runtime]) => runtime === NODE || pythonHere() !== undefined))(
  'a program with idle sandboxes: %s',
  (_what, runtime, options) => {
    /** Runs a program that calls a function, and gives what it prints. */
    async function program(last: string): Promise<string> {
      const code = {
        'index.js': 'exports.handler = async () => 1',
        'index.py': 'def handler(event, context): return 1',
      };
      const target = functionOf(code, { runtime, id: 'Fn' });
      const script = `
      const { createFunctionRunner } = require(${JSON.stringify(join(ROOT, 'runtime/serve/functions/runner.ts'))});
      const runner = createFunctionRunner(${JSON.stringify({ ...options, cache: folderOf() })});
      (async () => {
        const { kind } = await runner.invoke(${JSON.stringify(target)}, ${JSON.stringify(invocationOf(target))});
        console.log(kind);
        ${last}
        console.log('done');
      })();`;
      const args = ['--require', require.resolve('tsx/cjs'), '-e', script];
      return new Promise((resolve, reject) =>
        execFile(process.execPath, args, { cwd: ROOT, timeout: 30_000 }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        ),
      );
    }

    test.each([
      ['ends by itself', ''],
      ['goes on when they are closed', 'await runner.close();'],
      ['goes on after a restart', `await runner.restart(['Fn']);`],
    ])('%s', async (_how, last) => {
      expect(await program(last)).toBe('answer\ndone\n');
    });
  },
);
