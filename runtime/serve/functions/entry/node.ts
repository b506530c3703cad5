// Runs a function in a thread or process of its own: loads the handler, and calls it with one event after the other.
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
let running: Running | undefined;

/** Reports an error after which Lambda starts a new process. */
function crash(error: unknown, title: string, exitCode: number): void {
  log(`${title}\t${errorText(error)}`);
  port.last({ kind: 'error', payload: errorPayload(error), fatal: true }, exitCode);
}

function run(handler: Handler, streaming: boolean, call: Call): void {
  logFor(call.requestId);
  process.env._X_AMZN_TRACE_ID = call.traceId;
  const ended = () => {
    running = undefined;
    port.hold(true);
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
    port.listen((message) => (message.kind === 'call' ? run(handler, streaming, message) : running?.taken?.()));
    port.post({ kind: 'ready' });
  } catch (error) {
    crash(error, 'Init Error', 1);
  }
}

void main();
