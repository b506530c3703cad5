import { type FunctionRunnerOptions } from '../../../../runtime/serve/functions/runner';
import { answerOf, folderOf, functionOf, invocationOf, NODE, parsed, runnerOf } from './support';

const WAYS: readonly (readonly [string, FunctionRunnerOptions])[] = [
  ['in a thread', {}],
  ['in a process', { isolate: true }],
];

describe.each(WAYS)('functions of Node.js %s', (_, options) => {
  const answers = async (source: string, more = {}, event: unknown = {}) => {
    const { kind, value } = await answerOf({ 'index.js': source }, more, event, options);
    return { kind, value };
  };

  test.each([
    ['an async handler', 'exports.handler = async (event) => ({ got: event })'],
    ['a promise', 'exports.handler = (event) => Promise.resolve({ got: event })'],
    ['a callback', 'exports.handler = (event, context, callback) => { callback(null, { got: event }) }'],
    ['a callback later', 'exports.handler = (e, c, done) => { setTimeout(() => done(null, { got: e }), 5) }'],
    ['context.succeed', 'exports.handler = (event, context) => { context.succeed({ got: event }) }'],
    ['context.done', 'exports.handler = (event, context) => { context.done(null, { got: event }) }'],
  ])('answer by %s', async (_way, source) => {
    expect(await answers(source, {}, { a: 'ä', b: [1] })).toEqual({
      kind: 'answer',
      value: { got: { a: 'ä', b: [1] } },
    });
  });

  test.each([
    ['undefined', 'exports.handler = async () => undefined'],
    ['a function', 'exports.handler = async () => () => 1'],
    ['nothing from a handler that is neither async nor calls back', 'exports.handler = (e, c) => ({ a: 1 })'],
  ])('answer null for %s', async (_result, source) => {
    expect(await answers(source)).toEqual({ kind: 'answer', value: null });
  });

  test('wait for an empty event loop after a callback, unless the handler says not to', async () => {
    const source = (waits: string) => `exports.handler = (event, context, callback) => {
      ${waits}
      const result = { late: false };
      setTimeout(() => { result.late = true }, 50);
      callback(null, result);
    }`;
    expect(await answers(source(''))).toEqual({ kind: 'answer', value: { late: true } });
    expect(await answers(source('context.callbackWaitsForEmptyEventLoop = false;'))).toEqual({
      kind: 'answer',
      value: { late: false },
    });
  });

  test('fail with type, message and trace', async () => {
    const { kind, value } = await answers(
      'class Odd extends Error { name = "Odd" }\nexports.handler = async () => { throw new Odd("so it goes") }',
    );
    expect({ kind, value }).toEqual({
      kind: 'error',
      value: {
        errorType: 'Odd',
        errorMessage: 'so it goes',
        trace: expect.arrayContaining([expect.stringMatching(/at .*index\.js:2/)]),
      },
    });
  });

  test.each([
    ['thrown', 'exports.handler = () => { throw new TypeError("no") }', 'TypeError', 'no'],
    ['called back', 'exports.handler = (e, c, done) => done(new Error("back"))', 'Error', 'back'],
    ['rejected without an error', 'exports.handler = async () => { throw "text" }', 'string', 'text'],
    [
      'thrown later',
      'exports.handler = () => new Promise(() => setTimeout(() => { throw new Error("late") }))',
      'Error',
      'late',
    ],
    [
      'a rejection that nobody handles',
      'exports.handler = () => new Promise(() => { Promise.reject(new Error("lost")) })',
      'Runtime.UnhandledPromiseRejection',
      'Error: lost',
    ],
    [
      'a promise that never settles',
      'exports.handler = async () => new Promise(() => {})',
      'Runtime.NodeJsExit',
      /never settled/,
    ],
    ['an answer that is no JSON', 'exports.handler = async () => 1n', 'Error', 'Unable to stringify response body'],
    [
      'an answer in a circle',
      'exports.handler = async () => { const a = {}; a.a = a; return a }',
      'Error',
      'Unable to stringify response body',
    ],
    [
      'an exit',
      'exports.handler = async () => process.exit(0)',
      'Runtime.ExitError',
      /^RequestId: request-\d+ Error: Runtime exited without providing a reason$/,
    ],
    [
      'an exit with a code',
      'exports.handler = async () => process.exit(3)',
      'Runtime.ExitError',
      /Runtime exited with error: exit status 3$/,
    ],
    [
      'no module',
      'require("nowhere-to-be-found")',
      'Runtime.ImportModuleError',
      /^Error: Cannot find module 'nowhere-to-be-found'/,
    ],
    ['wrong syntax', 'exports.handler = async ( => 1', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    [
      'no handler',
      'exports.other = async () => 1',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    ['a handler that is none', 'exports.handler = 1', 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['an error while loading', 'throw new RangeError("early")', 'RangeError', 'early'],
    ['an exit while loading', 'process.exit(7)', 'Runtime.ExitError', /exit status 7$/],
    [
      'a large answer',
      'exports.handler = async () => "x".repeat(6291556)',
      'Function.ResponseSizeTooLarge',
      'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    ],
  ])('%s is an error', async (_what, source, errorType, errorMessage) => {
    const { kind, value } = await answers(source);
    expect(kind).toBe('error');
    expect(value).toMatchObject({
      errorType,
      errorMessage: typeof errorMessage === 'string' ? errorMessage : expect.stringMatching(errorMessage),
    });
  });

  test('the function runs again after each of its crashes', async () => {
    const target = functionOf({
      'index.js': `let calls = 0;
        exports.handler = async (how) => {
          calls++;
          if (how === 'exit') process.exit(1);
          if (how === 'throw') await new Promise(() => setTimeout(() => { throw new Error('later') }));
          return calls;
        }`,
    });
    const runner = runnerOf(options);
    const call = async (how: string) => parsed(await runner.invoke(target, invocationOf(target, how))).value;
    expect([await call('ok'), await call('ok')]).toEqual([1, 2]);
    await call('exit');
    expect([await call('ok'), await call('ok')]).toEqual([1, 2]);
    await call('throw');
    expect(await call('ok')).toBe(1);
  });

  test('a function that takes too long is stopped, and starts anew', async () => {
    const target = functionOf(
      {
        'index.js':
          'let n = 0; exports.handler = async (e) => { n++; if (e === "loop") for (;;); if (e === "wait") await new Promise((done) => setTimeout(done, 60000)); return n }',
      },
      { timeoutInMs: 300 },
    );
    const runner = runnerOf(options);
    const call = async (event: string) => parsed(await runner.invoke(target, invocationOf(target, event)));
    expect(await call('go')).toEqual({ kind: 'answer', value: 1 });
    for (const how of ['loop', 'wait']) {
      const { kind, value } = await call(how);
      expect({ kind, value }).toEqual({
        kind: 'error',
        value: {
          errorType: 'Sandbox.Timedout',
          errorMessage: expect.stringMatching(/^RequestId: request-\d+ Error: Task timed out after 0\.30 seconds$/),
        },
      });
      expect(await call('go')).toEqual({ kind: 'answer', value: 1 });
    }
    expect(runner.logs.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z request-\d+ Task timed out after 0\.30 seconds$/),
    );
  });

  test('loading has ten seconds of its own', async () => {
    const slow = 'const end = Date.now() + 700; while (Date.now() < end); exports.handler = async () => "loaded"';
    expect(await answers(slow, { timeoutInMs: 400 })).toEqual({ kind: 'answer', value: 'loaded' });
  });

  test('loading that takes longer is paid from the time of the call', async () => {
    const source = `const end = Date.now() + 700; while (Date.now() < end);
      exports.handler = async (event, context) => context.getRemainingTimeInMillis()`;
    const left = await answerOf({ 'index.js': source }, { timeoutInMs: 2_000 }, {}, { ...options, initMs: 200 });
    expect(left.value).toBeLessThan(1_550);
    expect(left.value).toBeGreaterThan(0);
    const none = await answerOf({ 'index.js': source }, { timeoutInMs: 300 }, {}, { ...options, initMs: 200 });
    expect(none.value).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  test('the context tells who is called', async () => {
    const source =
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })';
    const { value, target } = await answerOf({ 'index.js': source }, { memoryInMb: 256, version: '7' }, {}, options);
    expect(value).toMatchObject({
      functionName: target.name,
      functionVersion: '7',
      memoryLimitInMB: '256',
      logGroupName: target.logGroupName,
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[7\][0-9a-f]{32}$/),
      invokedFunctionArn: target.arn,
      awsRequestId: expect.stringMatching(/^request-/),
      callbackWaitsForEmptyEventLoop: true,
    });
    const { left } = value as { left: number };
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  test('a function with too little memory ends alone', async () => {
    const source =
      'const all = []; exports.handler = async (e) => { while (e) all.push(new Array(1e5).fill(e + all.length)); return "small" }';
    const target = functionOf({ 'index.js': source }, { memoryInMb: 32, timeoutInMs: 60_000 });
    const runner = runnerOf(options);
    const outcome = parsed(await runner.invoke(target, invocationOf(target, 'x')));
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Runtime.ExitError' } });
    expect(parsed(await runner.invoke(target, invocationOf(target, '')))).toEqual({ kind: 'answer', value: 'small' });
  });

  test('what it prints is its log, in order and by request', async () => {
    const source = `console.log('while loading %d', 1);
      exports.handler = async () => {
        console.error('first', { a: 1 });
        process.stdout.write('half ');
        process.stdout.write('line\\nlast\\n');
        console.warn('two\\nlines');
      }`;
    const target = functionOf({ 'index.js': source });
    const runner = runnerOf(options);
    const invocation = invocationOf(target);
    await runner.invoke(target, invocation);
    const { requestId } = invocation;
    // The version of this machine may be another one.
    expect(runner.logs.filter(({ text }) => !text.includes('of this machine'))).toEqual([
      { functionId: target.id, text: 'while loading 1' },
      ...['first { a: 1 }', 'half line', 'last', 'two\nlines'].map((text) => ({
        functionId: target.id,
        requestId,
        text,
      })),
    ]);
  });

  test('ES modules read them too', async () => {
    const source = `import { readFileSync } from 'node:fs'; import { readFile } from 'fs/promises';
      const early = readFileSync('note.txt', 'utf8');
      export const handler = async () => [early, await readFile('note.txt', 'utf8')]`;
    const { value } = await answerOf({ 'index.mjs': source, 'note.txt': 'here' }, {}, {}, options);
    expect(value).toEqual(['here', 'here']);
  });

  test('tables are printed as well', async () => {
    const { logs } = await answerOf(
      { 'index.js': 'exports.handler = async () => console.table([{ a: 1 }])' },
      {},
      {},
      options,
    );
    expect(logs.map(({ text }) => text).join('\n')).toMatch(/│\s*0\s*│\s*1\s*│/);
  });

  test('the folder may be changed', async () => {
    const source = `const fs = require('node:fs');
      exports.handler = async () => { process.chdir('deep'); return [fs.readFileSync('note.txt', 'utf8'), require('node:path').basename(process.cwd())] }`;
    const { value } = await answerOf({ 'index.js': source, 'deep/note.txt': 'there' }, {}, {}, options);
    expect(value).toEqual(['there', 'deep']);
  });

  test('files beside the code are read by relative names', async () => {
    const source = `const fs = require('node:fs'); const path = require('node:path');
      exports.handler = async () => [
        fs.readFileSync('note.txt', 'utf8'), await fs.promises.readFile('./note.txt', 'utf8'),
        fs.existsSync('note.txt'), path.basename(path.resolve('.')) === path.basename(process.env.LAMBDA_TASK_ROOT),
        await require('node:util').promisify(fs.exists)('note.txt'), typeof fs.realpathSync.native,
      ]`;
    const { value } = await answerOf({ 'index.js': source, 'note.txt': 'here' }, {}, {}, options);
    expect(value).toEqual(['here', 'here', true, true, true, 'function']);
  });
});

test('a function with a time zone of its own gets it', async () => {
  const source = 'exports.handler = async () => [new Date(0).getHours(), require("node:worker_threads").isMainThread]';
  const zone = async (TZ: string) => (await answerOf({ 'index.js': source }, { environment: { TZ } })).value;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  expect(await zone('Asia/Tokyo')).toEqual([9, timeZone !== 'Asia/Tokyo']);
  expect(await zone('America/New_York')).toEqual([19, timeZone !== 'America/New_York']);
  expect(await zone(`:${timeZone}`)).toEqual([new Date(0).getHours(), false]);
});

describe('runtimes', () => {
  test('handlers of Node.js 24 take no callback', async () => {
    const source = 'exports.handler = (event, context, callback) => callback(null, 1)';
    const { kind, value } = await answerOf({ 'index.js': source }, { runtime: 'nodejs24.x' });
    expect({ kind, value }).toMatchObject({ kind: 'error', value: { errorType: 'Runtime.CallbackHandlerDeprecated' } });
  });

  test.each([
    ['what a plain function returns', 'exports.handler = (event) => ({ got: event })', { got: 5 }],
    ['a default export', 'exports.default = { handler: async (event) => event }', 5],
  ])('those of Node.js 24 answer with %s', async (_what, source, value) => {
    expect((await answerOf({ 'index.js': source }, { runtime: 'nodejs24.x' }, 5)).value).toEqual(value);
  });

  test('a promise that never settles ends the process of Node.js 24', async () => {
    const { value } = await answerOf(
      { 'index.js': 'exports.handler = async () => new Promise(() => {})' },
      { runtime: 'nodejs24.x' },
    );
    expect(value).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/exit status 13$/),
    });
  });

  test('an answer that is no JSON has a type of its own there', async () => {
    const { value } = await answerOf({ 'index.js': 'exports.handler = async () => 1n' }, { runtime: 'nodejs24.x' });
    expect(value).toMatchObject({ errorType: 'Runtime.JSONStringifyError' });
  });

  test('another version than that of this machine is told once', async () => {
    const target = functionOf({ 'index.js': 'exports.handler = async () => 1' }, { runtime: 'nodejs99.x' });
    const runner = runnerOf();
    await runner.invoke(target, invocationOf(target));
    await runner.restart([target.id]);
    await runner.invoke(target, invocationOf(target));
    expect(runner.logs.map(({ text }) => text)).toEqual([
      `${target.id} uses Node.js ${process.versions.node} of this machine, not nodejs99.x`,
    ]);
  });

  test.each([
    [
      'java21',
      /^Fn has the runtime java21, and only Node\.js and Python run here; run it yourself and pass --lambda-endpoint Fn=http:/,
    ],
    ['provided.al2023', /^Fn has the runtime provided\.al2023/],
    [undefined, /^Fn has the runtime \(none\)/],
  ])('%s is refused', async (runtime, reason) => {
    const { kind, value } = await answerOf({}, { id: 'Fn', runtime });
    expect(kind).toBe('refused');
    expect(value).toMatch(reason);
  });

  test('a container image is refused, with what to do', async () => {
    const { kind, value } = await answerOf({ kind: 'elsewhere', reason: 'it is a container image' }, { id: 'Fn' });
    expect({ kind, value }).toEqual({
      kind: 'refused',
      value:
        'Fn cannot be run here (it is a container image); run it yourself and pass --lambda-endpoint Fn=http://localhost:9000',
    });
  });

  test('so is code that is gone', async () => {
    const path = `${folderOf()}/gone`;
    const { kind, value } = await answerOf({ kind: 'path', path }, { id: 'Fn', runtime: NODE });
    expect({ kind, value }).toEqual({
      kind: 'refused',
      value: `the code of Fn does not exist: ${path}; run cdk synth again`,
    });
  });
});
