import { type Call } from '../messages';
import { contextOf } from './context';
import { errorPayload, errorText, RuntimeError } from './errors';
import { type Handler } from './load';
import { log } from './logs';
import { port } from './port';

/** What a call that runs has to know. */
export interface Running {
  /** The event loop has nothing left to do. */
  idle(): void;
  /** The client has read a chunk. */
  taken?(): void;
}

/** The ends of a call, of which the first counts. */
interface Ends extends Running {
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** Handlers take a callback before Node.js 24; those that stream have three parameters in every version. */
export function checkHandler(handler: Handler, version: number, streaming: boolean): void {
  if (version >= 24 && handler.length >= 3 && !streaming)
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
}

/** Calls a handler that gives its answer in one piece. */
export function callBuffered(handler: Handler, call: Call, version: number, ended: () => void): Running {
  return version >= 24 ? callAsync(handler, call, ended) : callWithCallback(handler, call, ended);
}

function answer(result: unknown, version: number): void {
  let payload: string;
  try {
    payload = JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    return failed(version >= 24 ? new RuntimeError('JSONStringifyError', message) : new Error(message));
  }
  port.post({ kind: 'answer', payload });
}

function failed(error: unknown): void {
  log(`Invoke Error\t${errorText(error)}`);
  port.post({ kind: 'error', payload: errorPayload(error) });
}

/** Each call ends once. */
function endsOnce(ended: () => void): (report: () => void) => void {
  let over = false;
  return (report) => {
    if (over) return;
    over = true;
    ended();
    report();
  };
}

function callAsync(handler: Handler, call: Call, ended: () => void): Ends {
  const once = endsOnce(ended);
  const ends: Ends = {
    succeed: (result) => once(() => answer(result, 24)),
    fail: (error) => once(() => failed(error)),
    // The process would end here, as its main module still waits.
    idle: () => once(() => process.exit(13)),
  };
  const run = async () => handler(JSON.parse(call.event), contextOf(call));
  run().then(ends.succeed, ends.fail);
  return ends;
}

function callWithCallback(handler: Handler, call: Call, ended: () => void): Ends {
  const once = endsOnce(ended);
  const isAsync = handler.constructor.name === 'AsyncFunction';
  let waits = true;
  /** What was given to the callback, until the event loop is empty. */
  let waiting: { readonly result: unknown } | undefined;
  let called = false;
  const ends: Ends = {
    succeed: (result) => once(() => answer(result, 22)),
    fail: (error) => once(() => failed(error ?? 'handled')),
    idle: () => {
      if (waiting || !isAsync) ends.succeed(waiting?.result ?? null);
      else
        ends.fail(
          new RuntimeError(
            'NodeJsExit',
            'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
          ),
        );
    },
  };
  const callback = (error?: unknown, result?: unknown) => {
    if (called) return;
    called = true;
    if (error !== undefined && error !== null) ends.fail(error);
    else if (waits) waiting = { result };
    else ends.succeed(result);
  };
  const context = Object.assign(
    {
      get callbackWaitsForEmptyEventLoop() {
        return waits;
      },
      set callbackWaitsForEmptyEventLoop(value: boolean) {
        waits = value;
      },
      succeed: ends.succeed,
      fail: ends.fail,
      done: (error: unknown, result: unknown) =>
        error !== undefined && error !== null ? ends.fail(error) : ends.succeed(result),
    },
    contextOf(call),
  );
  try {
    const result = handler(JSON.parse(call.event), context, callback);
    if (isPromise(result)) result.then(ends.succeed, ends.fail);
  } catch (error) {
    callback(error ?? 'handled');
  }
  return ends;
}
