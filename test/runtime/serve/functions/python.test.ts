import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as fc from 'fast-check';
import { Frames } from '../../../../runtime/serve/functions/frames';
import { type FromFunction } from '../../../../runtime/serve/functions/messages';
import { answerOf, folderOf, functionOf, invocationOf, parsed, pythonHere, runnerOf } from './support';
import { zipOf } from './zip';

/** With its version nothing is noted in the log. */
const PYTHON = pythonHere();
const described = PYTHON === undefined ? describe.skip : describe;
const runtime = PYTHON ?? 'python3.12';

described('functions of Python', () => {
  const more = { runtime, handler: 'app.handler' };
  const answers = async (source: string, event: unknown = {}) => {
    const { kind, value } = await answerOf({ 'app.py': source }, more, event);
    return { kind, value };
  };

  test('answer with what the handler returns', async () => {
    const event = { a: 'ä\n\u2028', b: [1, null, 1.5] };
    expect(await answers('def handler(event, context):\n  return {"got": event}', event)).toEqual({
      kind: 'answer',
      value: { got: event },
    });
    expect(await answers('def handler(event, context): pass')).toEqual({ kind: 'answer', value: null });
    expect(await answers('def handler(event, context): return b\'{"bytes": 1}\'')).toEqual({
      kind: 'answer',
      value: { bytes: 1 },
    });
  });

  test('write decimals digit by digit', async () => {
    const source =
      'from decimal import Decimal\ndef handler(e, c): return {"a": Decimal("12.50"), "b": "ä", "c": [Decimal(3)]}';
    const target = functionOf({ 'app.py': source }, more);
    const outcome = await runnerOf().invoke(target, invocationOf(target));
    expect(outcome.kind === 'answer' && outcome.payload.replace('\\u00e4', 'ä')).toBe(
      '{"a": 12.50, "b": "ä", "c": [3]}',
    );
  });

  test('in one process, one event after the other', async () => {
    const target = functionOf(
      {
        'app.py':
          'import os, time\ncalls = 0\ndef handler(event, context):\n  global calls\n  calls += 1\n  time.sleep(event)\n  return [os.getpid(), calls]',
      },
      more,
    );
    const runner = runnerOf();
    const call = async (seconds = 0) =>
      parsed(await runner.invoke(target, invocationOf(target, seconds))).value as number[];
    const [first, second] = [await call(), await call()];
    expect(second).toEqual([first[0], 2]);
    const both = await Promise.all([call(0.5), call(0.5)]);
    expect(both[0][0]).not.toBe(both[1][0]);
  });

  test('fail with type, message and stack', async () => {
    const { kind, value } = await answers(
      'def handler(event, context):\n  return inner()\n\ndef inner():\n  raise ValueError("so it goes")',
    );
    expect({ kind, value }).toEqual({
      kind: 'error',
      value: {
        errorType: 'ValueError',
        errorMessage: 'so it goes',
        requestId: expect.stringMatching(/^request-/),
        stackTrace: [
          expect.stringMatching(/app\.py", line 2, in handler/),
          expect.stringMatching(/app\.py", line 5, in inner/),
        ],
      },
    });
  });

  test.each([
    [
      'no module',
      'import nowhere',
      'Runtime.ImportModuleError',
      "Unable to import module 'app': No module named 'nowhere'",
    ],
    ['wrong syntax', 'def handler(:', 'Runtime.UserCodeSyntaxError', /^Syntax error in module 'app': /],
    ['no handler', 'other = 1', 'Runtime.HandlerNotFound', "Handler 'handler' missing on module 'app'"],
    ['an error while loading', 'raise KeyError("early")', 'KeyError', "'early'"],
    [
      'an answer that is no JSON',
      'def handler(e, c): return {1, 2}',
      'Runtime.MarshalError',
      /^Unable to marshal response: .*set is not JSON serializable/,
    ],
    [
      'an exit',
      'import sys\ndef handler(e, c): sys.exit(4)',
      'Runtime.ExitError',
      /Runtime exited with error: exit status 4$/,
    ],
    [
      'a hard exit',
      'import os\ndef handler(e, c): os._exit(0)',
      'Runtime.ExitError',
      /Runtime exited without providing a reason$/,
    ],
    [
      'a crash',
      'import os, signal\ndef handler(e, c): os.kill(os.getpid(), signal.SIGKILL)',
      'Runtime.ExitError',
      /signal: killed$/,
    ],
    ['a large answer', 'def handler(e, c): return "x" * 6291556', 'Function.ResponseSizeTooLarge', /6291556 bytes/],
  ])('%s is an error', async (_what, source, errorType, errorMessage) => {
    const { kind, value } = await answers(source);
    expect(kind).toBe('error');
    expect(value).toMatchObject({
      errorType,
      errorMessage: typeof errorMessage === 'string' ? errorMessage : expect.stringMatching(errorMessage),
    });
  });

  test('run again after they were stopped or crashed', async () => {
    const source =
      'import os, time\ndef handler(event, context):\n  if event == "wait": time.sleep(60)\n  if event == "exit": os._exit(1)\n  return event';
    const target = functionOf({ 'app.py': source }, { ...more, timeoutInMs: 400 });
    const runner = runnerOf();
    const call = async (event: string) => parsed(await runner.invoke(target, invocationOf(target, event)));
    expect(await call('wait')).toMatchObject({ kind: 'error', value: { errorType: 'Sandbox.Timedout' } });
    expect(await call('ok')).toEqual({ kind: 'answer', value: 'ok' });
    expect(await call('exit')).toMatchObject({ kind: 'error', value: { errorType: 'Runtime.ExitError' } });
    expect(await call('ok')).toEqual({ kind: 'answer', value: 'ok' });
  });

  test('what they print is their log by request, and their input is empty', async () => {
    const source = `import logging, sys
print("while loading")
logging.getLogger().setLevel(logging.INFO)
def handler(event, context):
  print("printed", event)
  logging.info("logged")
  sys.stderr.write("err\\n")
  sys.stdout.write("no end")
  return sys.stdin.read()`;
    const target = functionOf({ 'app.py': source }, more);
    const runner = runnerOf();
    for (const event of ['a', 'b']) {
      const invocation = invocationOf(target, event);
      expect(parsed(await runner.invoke(target, invocation))).toEqual({ kind: 'answer', value: '' });
      const own = runner.logs.filter(({ requestId }) => requestId === invocation.requestId).map(({ text }) => text);
      expect(own).toEqual(
        expect.arrayContaining([expect.stringMatching(new RegExp(`printed ${event}$`)), '[INFO]\tlogged', 'err']),
      );
    }
    expect(runner.logs[0].text).toBe('while loading');
  });

  test('the context and the environment are those of Lambda', async () => {
    const source = `import os
def handler(event, context):
  return {"left": context.get_remaining_time_in_millis(), "id": context.aws_request_id, "name": context.function_name,
    "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb, "group": context.log_group_name,
    "identity": context.identity.cognito_identity_id, "cwd": os.getcwd(), "env": dict(os.environ), "note": open("note.txt").read()}`;
    const { value, target } = await answerOf(
      { 'app.py': source, 'note.txt': 'here' },
      { ...more, environment: { TABLE: 'Orders' } },
    );
    expect(value).toMatchObject({
      id: expect.stringMatching(/^request-/),
      name: target.name,
      arn: target.arn,
      memory: '128',
      group: target.logGroupName,
      identity: null,
      note: 'here',
      env: {
        TABLE: 'Orders',
        AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
        _HANDLER: 'app.handler',
        AWS_ACCESS_KEY_ID: 'test',
      },
    });
    expect((value as { left: number }).left).toBeGreaterThan(5_000);
  });

  test('handlers in folders, inline code, archives and layers', async () => {
    const source = 'def handler(event, context): return "found"';
    expect((await answerOf({ 'src/app.py': source }, { runtime, handler: 'src/app.handler' })).value).toBe('found');
    expect((await answerOf({ kind: 'inline', source }, { runtime, handler: 'index.handler' })).value).toBe('found');
    const path = join(folderOf({ 'a.zip': zipOf([{ name: 'app.py', content: source }]) }), 'a.zip');
    expect((await answerOf({ kind: 'path', path }, more)).value).toBe('found');
    const layers = [
      folderOf({ 'python/one.py': 'name = "one"', 'python/two.py': 'name = "two"' }),
      folderOf({ [`python/lib/${runtime}/site-packages/two.py`]: 'name = "other two"' }),
    ];
    const using = 'import one, two\ndef handler(event, context): return [one.name, two.name]';
    expect((await answerOf({ 'app.py': using }, { ...more, layers })).value).toEqual(['one', 'other two']);
  });

  test('another version than that of this machine is told once', async () => {
    const { logs, target } = await answerOf(
      { 'app.py': 'def handler(e, c): return 1' },
      { ...more, runtime: 'python3.99' },
    );
    expect(logs.map(({ text }) => text)).toEqual([
      expect.stringMatching(new RegExp(`^${target.id} uses Python 3\\.\\d+ of this machine, not python3\\.99$`)),
    ]);
  });

  test('the version of the runtime is taken if it is there', async () => {
    const bin = folderOf({ 'python3.99': '#!/bin/sh\nif [ "$1" = -c ]; then echo 3.99; else exec python3 "$@"; fi\n' });
    chmodSync(join(bin, 'python3.99'), 0o755);
    const environment = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
    const { logs, value } = await answerOf(
      { 'app.py': 'def handler(e, c): return 1' },
      { ...more, runtime: 'python3.99' },
      {},
      { environment },
    );
    expect({ logs, value }).toEqual({ logs: [], value: 1 });
  });
});

test('without Python its functions are refused', async () => {
  const { kind, value } = await answerOf({}, { runtime: 'python3.12' }, {}, { environment: { PATH: folderOf() } });
  expect({ kind, value }).toEqual({
    kind: 'refused',
    value: 'there is no Python on the PATH for python3.12: install python3',
  });
});

test('messages are read however the bytes are cut', () => {
  const message = fc.oneof(
    fc.record({ kind: fc.constant('answer' as const), payload: fc.string({ unit: 'binary' }) }),
    fc.record({ kind: fc.constant('error' as const), payload: fc.string() }),
  );
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat(40)), (messages, cuts) => {
      const bytes = Buffer.concat(
        messages.flatMap(({ kind, payload }) => {
          const data = Buffer.from(payload);
          return [Buffer.from(`${kind === 'answer' ? 'A' : 'E'}${data.length}\n`), data];
        }),
      );
      const read: FromFunction[] = [];
      const frames = new Frames((one) => read.push(one));
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        frames.add(bytes.subarray(at, at + cut));
        at += cut;
      }
      expect(read).toEqual(
        messages.map(({ kind, payload }) => ({ kind, payload: Buffer.from(payload).toString('utf8') })),
      );
    }),
  );
});
