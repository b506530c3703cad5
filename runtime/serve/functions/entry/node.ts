// Runs a function in a thread or process of its own: loads the handler, and calls it with one event after the other.
import { Claims } from '../claims';
import { type Call } from '../messages';
import { callBuffered, checkHandler, type Running } from './buffered';
import { errorPayload, errorText, RuntimeError } from './errors';
import { fetchHere } from './fetch-here';
import { type Handler, loadHandler } from './load';
import { log, logFor, takeOutput } from './logs';
import { port } from './port';
import { resolveRelativePaths } from './relative-paths';
import { awslambda, isStreaming } from './response-stream';
import { callStreaming } from './streamed';

const { start } = port;
const claims = start.claims && new Claims(start.claims);
/** Calls that wait for their turn. */
const waiting: Call[] = [];
let running: Running | undefined;
let isBusy = false;

/** Reports an error after which Lambda starts a new process. */
function crash(error: unknown, title: string, exitCode: number): void {
  log(`${title}\t${errorText(error)}`);
  port.last({ kind: 'error', payload: errorPayload(error), fatal: true }, exitCode);
}

/** Runs the next call, unless the gateway has given it to another thread meanwhile. */
function runNext(handler: Handler, streaming: boolean): void {
  while (!isBusy) {
    const call = waiting.shift();
    if (!call) return;
    if (!claims || claims.take(call.claim ?? 0)) run(handler, streaming, call);
  }
}

function run(handler: Handler, streaming: boolean, call: Call): void {
  const from = performance.now();
  isBusy = true;
  logFor(call.requestId);
  process.env._X_AMZN_TRACE_ID = call.traceId;
  const ended = () => {
    isBusy = false;
    running = undefined;
    port.hold(true);
    claims?.took(performance.now() - from);
    // After the answer; and what is left of this call has its turn before.
    if (waiting.length > 0) setImmediate(runNext, handler, streaming);
  };
  // Streams wait for messages; other handlers may leave nothing to wait for.
  if (streaming) running = callStreaming(handler, call, ended);
  else {
    port.hold(false);
    let over = false;
    const ends = callBuffered(handler, call, start.version, () => {
      over = true;
      ended();
    });
    if (!over) running = ends;
  }
}

async function main(): Promise<void> {
  takeOutput();
  process.on('uncaughtException', (error) => crash(error, 'Uncaught Exception', 129));
  process.on('unhandledRejection', (reason) =>
    crash(
      new RuntimeError(
        'UnhandledPromiseRejection',
        String(reason),
        `Runtime.UnhandledPromiseRejection: ${errorText(reason)}`,
      ),
      'Unhandled Promise Rejection',
      128,
    ),
  );
  process.on('beforeExit', () => running?.idle());
  if (!start.ownFolder) resolveRelativePaths(start.taskRoot);
  if (start.inspectorPort !== undefined) (await import('node:inspector')).open(start.inspectorPort, '127.0.0.1');
  Object.assign(globalThis, { awslambda });
  fetchHere(start.documents);
  try {
    const handler = await loadHandler(start);
    const streaming = isStreaming(handler);
    checkHandler(handler, start.version, streaming);
    port.listen((message) => {
      if (message.kind === 'taken') return running?.taken?.();
      waiting.push(message);
      runNext(handler, streaming);
    });
    port.post({ kind: 'ready', ...(streaming && { oneByOne: true }) });
  } catch (error) {
    crash(error, 'Init Error', 1);
  }
}

void main();
