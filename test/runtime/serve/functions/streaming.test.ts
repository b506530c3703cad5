import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { splitPrelude } from '../../../../runtime/serve/functions/streamed-answer';
import { functionOf, invocationOf, parsed, runnerOf, textOf } from './support';

const PRELUDE = { statusCode: 201, headers: { 'Content-Type': 'text/plain' }, cookies: ['a=b'] };

/** A streaming handler of the body. */
const streaming = (body: string) => ({
  'index.js': `const { pipeline } = require('node:stream/promises'); const { Readable } = require('node:stream');
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`,
});

const withPrelude = `stream = awslambda.HttpResponseStream.from(stream, ${JSON.stringify(PRELUDE)});`;

async function streamed(body: string, options = {}) {
  const target = functionOf(streaming(body));
  const runner = runnerOf(options);
  const outcome = await runner.invoke(target, invocationOf(target, { name: 'you' }, { streaming: true }));
  return { outcome, runner, target };
}

describe.each([{ isolate: false }, { isolate: true }])('streamed answers, %j', (options) => {
  test.each([
    ['written', 'stream.write("one "); await sleep(5); stream.write(Buffer.from("two")); stream.end();', 'one two'],
    ['ended with the last of it', 'stream.write("one "); stream.end("two");', 'one two'],
    ['piped', 'await pipeline(Readable.from(["one ", "two ", event.name]), stream);', 'one two you'],
    ['of objects', 'stream.write({ a: 1 }); stream.end();', '{"a":1}'],
    ['of nothing', 'stream.end();', ''],
  ])('%s have a prelude and a body', async (_how, body, text) => {
    const { outcome } = await streamed(withPrelude + body, options);
    expect(outcome).toMatchObject({ kind: 'stream', prelude: PRELUDE });
    expect(await textOf(outcome)).toBe(text);
  });

  // The third parameter is the context, and no callback, which Node.js 24 refuses.
  test('functions of Node.js 24 stream too', async () => {
    const target = functionOf(streaming(`${withPrelude} stream.end(context.functionName)`), { runtime: 'nodejs24.x' });
    const outcome = await runnerOf(options).invoke(target, invocationOf(target, {}, { streaming: true }));
    expect(outcome).toMatchObject({ kind: 'stream', prelude: PRELUDE });
    expect(await textOf(outcome)).toBe(target.name);
  });

  test('the prelude may be written by hand', async () => {
    const { outcome } = await streamed(
      'stream.write(\'{"statusCode":202}\'); stream.write(new Uint8Array(8)); stream.end("body")',
      options,
    );
    expect(outcome).toMatchObject({ kind: 'stream', prelude: { statusCode: 202 } });
    expect(await textOf(outcome)).toBe('body');
  });

  test.each(['just text', '{"no":"delimiter"}', ''])('without one they are all body: %j', async (text) => {
    const { outcome } = await streamed(`stream.end(${JSON.stringify(text)})`, options);
    expect(outcome).toEqual({ kind: 'stream', body: expect.anything() });
    expect(await textOf(outcome)).toBe(text);
  });

  test('begin before the function ends, and bytes arrive whole', async () => {
    const { outcome } = await streamed(
      `${withPrelude} stream.write("first"); await sleep(300); stream.end(Buffer.alloc(1e6, 7));`,
      options,
    );
    if (outcome.kind !== 'stream') throw new Error('no stream');
    const begun = Date.now();
    const times: number[] = [];
    let length = 0;
    for await (const chunk of outcome.body) {
      times.push(Date.now() - begun);
      length += chunk.length;
    }
    expect(length).toBe(1e6 + 5);
    expect(times[0]).toBeLessThan(200);
    expect(times.at(-1)).toBeGreaterThan(200);
  });

  test('a slow client slows the function down', async () => {
    const { outcome, runner } = await streamed(
      `${withPrelude} for (let i = 0; i < 50; i++) { if (!stream.write(Buffer.alloc(65536))) await new Promise((go) => stream.once("drain", go)); console.log(i) } stream.end();`,
      options,
    );
    if (outcome.kind !== 'stream') throw new Error('no stream');
    await sleep(200);
    expect(runner.logs.length).toBeLessThan(5);
    expect((await textOf(outcome)).length).toBe(50 * 65_536);
    expect(runner.logs.filter(({ text }) => /^\d+$/.test(text))).toHaveLength(50);
  });

  test('a client that goes away does not stop the function', async () => {
    const { outcome, runner, target } = await streamed(
      `if (event.done) { stream.end("again"); return }
       ${withPrelude} for (let i = 0; i < 20; i++) if (!stream.write(Buffer.alloc(65536))) await new Promise((go) => stream.once("drain", go)); stream.end(); console.log("all");`,
      options,
    );
    if (outcome.kind !== 'stream') throw new Error('no stream');
    const chunks = outcome.body[Symbol.asyncIterator]();
    await chunks.next();
    await chunks.return!();
    for (let i = 0; i < 100 && !runner.logs.some(({ text }) => text === 'all'); i++) await sleep(20);
    expect(runner.logs.map(({ text }) => text)).toContain('all');
    const next = await runner.invoke(target, invocationOf(target, { done: true }, { streaming: true }));
    expect(await textOf(next)).toBe('again');
  });

  test.each([
    ['before the first byte', 'throw new TypeError("no")', 'TypeError', 'no'],
    ['by a handler that is not async', '', 'Error', 'Streaming does not support non-async handlers.'],
  ])('fail like others %s', async (_when, body, errorType, errorMessage) => {
    const target = functionOf(
      body === ''
        ? { 'index.js': 'exports.handler = awslambda.streamifyResponse((event, stream) => { stream.end() })' }
        : streaming(body),
    );
    const outcome = await runnerOf(options).invoke(target, invocationOf(target, {}, { streaming: true }));
    expect(parsed(outcome)).toMatchObject({ kind: 'error', value: { errorType, errorMessage } });
  });

  test.each([
    ['throws', 'throw new Error("half way")', /broke its answer off: .*half way/],
    ['exits', 'process.exit(1)', /broke its answer off: .*exit status 1/],
  ])('break off where the function %s', async (_how, last, message) => {
    const { outcome, runner, target } = await streamed(
      `if (event === 1) { stream.end("next"); return } ${withPrelude} stream.write("begun"); await sleep(50); ${last};`,
      options,
    );
    await expect(textOf(outcome)).rejects.toThrow(message);
    const next = await runner.invoke(target, invocationOf(target, 1, { streaming: true }));
    expect(await textOf(next)).toBe('next');
  });

  test('are the payload for callers that take no stream', async () => {
    const target = functionOf(streaming('stream.write("{\\"a\\":"); stream.end("1}");'));
    const outcome = await runnerOf(options).invoke(target, invocationOf(target));
    expect(outcome).toEqual({ kind: 'answer', payload: '{"a":1}' });
  });

  test('callers that would take a stream get the answers of other handlers', async () => {
    const target = functionOf({ 'index.js': 'exports.handler = async () => ({ statusCode: 200 })' });
    const outcome = await runnerOf(options).invoke(target, invocationOf(target, {}, { streaming: true }));
    expect(outcome).toEqual({ kind: 'answer', payload: '{"statusCode":200}' });
  });

  test('that never end time out', async () => {
    const target = functionOf(streaming('stream.write("begun"); await new Promise(() => {})'), { timeoutInMs: 300 });
    const outcome = await runnerOf(options).invoke(target, invocationOf(target, {}, { streaming: true }));
    await expect(textOf(outcome)).rejects.toThrow(/Task timed out after 0\.30 seconds/);
  });
});

test('a call that streams takes its share of the reserved concurrency until its end', async () => {
  const target = functionOf(streaming('stream.write("x"); stream.end("y")'), { maxConcurrency: 1 });
  const runner = runnerOf();
  const invoke = () => runner.invoke(target, invocationOf(target, {}, { streaming: true }));
  const first = await invoke();
  expect(await invoke()).toMatchObject({ kind: 'refused', throttled: true });
  expect(await textOf(first)).toBe('xy');
  expect(await textOf(await invoke())).toBe('xy');
});

test('what comes after the content type is settled cannot change it', async () => {
  const target = functionOf(streaming('stream.write("x"); stream.setContentType("text/plain")'));
  const outcome = await runnerOf().invoke(target, invocationOf(target, {}));
  expect(parsed(outcome).value).toMatchObject({ errorType: 'Runtime.InvalidStreamingOperation' });
});

test('a prelude is found wherever the bytes are cut', () => {
  const prelude = fc.record({
    statusCode: fc.nat(599),
    headers: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(prelude, fc.uint8Array({ maxLength: 30 }), fc.nat(), (given, body, cut) => {
      const head = Buffer.concat([Buffer.from(JSON.stringify(given)), Buffer.alloc(8)]);
      const whole = Buffer.concat([head, body]);
      const first = whole.subarray(0, cut % (whole.length + 1));
      const split = splitPrelude(first, false);
      if (first.length < head.length) expect(split).toBeUndefined();
      else expect(split).toEqual({ prelude: JSON.parse(JSON.stringify(given)), rest: first.subarray(head.length) });
      expect(splitPrelude(whole, true)!.rest.equals(Buffer.from(body))).toBe(true);
    }),
  );
});
