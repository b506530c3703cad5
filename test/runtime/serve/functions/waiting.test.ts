import { Claims } from '../../../../runtime/serve/functions/claims';
import { callText, toFunction } from '../../../../runtime/serve/functions/texts';
import { functionOf, invocationOf, parsed, runnerOf } from './support';

/** Says which sandbox ran it, and what is left of its time; `ms` in the event lets it take longer. */
const FUNCTION = {
  'index.js': `const id = Math.random(); let running = 0;
    exports.handler = async ({ name, ms, exit, spin }, context) => {
      if (++running > 1) throw new Error('two at once');
      if (exit) process.exit(3);
      if (spin) for (const until = Date.now() + spin; Date.now() < until; );
      if (ms) await new Promise((done) => setTimeout(done, ms));
      running--;
      return { id, name, left: context.getRemainingTimeInMillis() };
    }`,
};
// Others may use the machine meanwhile.
jest.setTimeout(20_000);

interface Ran {
  readonly id: number;
  readonly name: string;
  readonly left: number;
}

async function setUp(more = {}) {
  const target = functionOf(FUNCTION, more);
  const runner = runnerOf();
  const invoke = (event: object) => runner.invoke(target, invocationOf(target, event));
  const call = async (event: object = {}) => parsed(await invoke(event)).value as Ran;
  // Then it is known to be fast.
  for (let at = 0; at < 60; at++) await call();
  return { target, runner, invoke, call };
}

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const sandboxes = (all: readonly Ran[]) => new Set(all.map(({ id }) => id));

describe('calls of a fast function', () => {
  test('wait for their turn in one sandbox, each for its own time', async () => {
    const { call } = await setUp({ timeoutInMs: 2000 });
    const before = await call();
    const all = await Promise.all(many(8, (at) => call({ name: String(at) })));
    expect(all.map(({ name }) => name)).toEqual(many(8, String));
    expect([...sandboxes(all)]).toEqual([before.id]);
    expect(Math.min(...all.map(({ left }) => left))).toBeGreaterThan(1900);
  });

  test.each([
    ['waits for something', { ms: 3000 }],
    ['keeps its thread busy', { spin: 3000 }],
  ])('are run elsewhere if the one before them %s', async (_how, slow) => {
    const { call } = await setUp();
    let isOver = false;
    const first = call(slow).finally(() => (isOver = true));
    const others = await Promise.all(many(5, (at) => call({ name: String(at) })));
    expect(isOver).toBe(false);
    expect(others.map(({ name }) => name)).toEqual(many(5, String));
    expect(sandboxes(others)).not.toContain((await first).id);
  });

  test('are run elsewhere if the one before them ends the sandbox, or takes too long', async () => {
    const { invoke, call } = await setUp({ timeoutInMs: 400 });
    for (const [event, text] of [
      [{ exit: true }, 'Runtime exited with error: exit status 3'],
      [{ spin: 5000 }, 'Task timed out after 0.40 seconds'],
    ] as const) {
      const first = invoke(event);
      const others = await Promise.all(many(5, (at) => call({ name: String(at) })));
      expect(others.map(({ name }) => name)).toEqual(many(5, String));
      expect(await first).toEqual({ kind: 'error', payload: expect.stringContaining(text) });
    }
  });

  test('count as running for reserved concurrency', async () => {
    const { invoke } = await setUp({ maxConcurrency: 4 });
    const kinds = (await Promise.all(many(6, () => invoke({})))).map(({ kind }) => kind);
    expect(kinds).toEqual(['answer', 'answer', 'answer', 'answer', 'refused', 'refused']);
  });

  test('run once each, whatever happens meanwhile', async () => {
    const { target, runner, call } = await setUp();
    const events = many(120, (at) => ({ name: String(at), ...(at % 37 === 0 ? { ms: 20 } : {}) }));
    const calls = events.map(async (event, at) => {
      await new Promise((done) => setTimeout(done, at));
      return call(event);
    });
    for (let at = 0; at < 3; at++) {
      await new Promise((done) => setTimeout(done, 30));
      await runner.restart([target.id]);
    }
    const all = await Promise.all(calls);
    expect(all.map(({ name }) => name)).toEqual(events.map(({ name }) => name));
  });
});

describe('a call that waits', () => {
  test('is taken once', () => {
    const gateway = new Claims();
    const thread = new Claims(gateway.memory);
    for (let call = 1; call < 500; call++) {
      gateway.offer(call);
      const [first, second] = call % 2 === 0 ? [gateway, thread] : [thread, gateway];
      expect([first.take(call), second.take(call), first.take(call)]).toEqual([true, false, false]);
    }
  });

  test('is one that the calls before it hardly delay', () => {
    const gateway = new Claims();
    const thread = new Claims(gateway.memory);
    expect(gateway.allows(1)).toBe(false);
    thread.took(0.2);
    expect([gateway.allows(1), gateway.allows(4), gateway.allows(5)]).toEqual([true, true, false]);
    for (let at = 0; at < 50; at++) thread.took(30);
    expect(gateway.allows(1)).toBe(false);
    for (let at = 0; at < 100; at++) thread.took(0.001);
    expect([gateway.allows(63), gateway.allows(64)]).toEqual([true, false]);
  });

  test('is read as it was written, whatever an ARN and an event have in them', () => {
    for (const arn of ['arn:aws:lambda:eu-west-1:111122223333:function:a', 'a b', 'a\nb', '']) {
      for (const event of ['{}', JSON.stringify({ text: 'a\nb\u2028 c' }), 'null']) {
        const call = {
          claim: 7,
          limitMs: 3000,
          traceId: 'Root=1-a;Sampled=0',
          requestId: 'a b-1',
          arn,
          event,
        } as const;
        expect(toFunction(callText({ kind: 'call', ...call }))).toEqual({ kind: 'call', ...call });
      }
    }
  });
});
