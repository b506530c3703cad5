import { finished } from 'node:stream/promises';
import { type Call } from '../messages';
import { type Running } from './buffered';
import { contextOf } from './context';
import { errorPayload, errorText } from './errors';
import { type Handler } from './load';
import { log } from './logs';
import { port } from './port';
import { highWaterMarkOf, ResponseStream } from './response-stream';

/** Calls a handler that writes its answer to a stream. */
export function callStreaming(handler: Handler, call: Call, ended: () => void): Running {
  const stream = new ResponseStream(highWaterMarkOf(handler));
  const fail = (error: unknown) => {
    ended();
    stream.on('error', () => undefined).destroy();
    log(`Invoke Error\t${errorText(error)}`);
    port.post({ kind: 'error', payload: errorPayload(error) });
  };
  const run = async () => {
    const written = finished(stream);
    // Reported by the handler's own failure, if it has one.
    written.catch(() => undefined);
    const result = handler(JSON.parse(call.event), stream, contextOf(call));
    if (typeof (result as { then?: unknown } | undefined)?.then !== 'function')
      throw new Error('Streaming does not support non-async handlers.');
    if ((await result) !== undefined) log('Streaming handlers ignore return values.');
    await written;
    ended();
    port.post({ kind: 'end' });
  };
  run().catch(fail);
  return { idle: () => undefined, taken: () => stream.onTaken() };
}
