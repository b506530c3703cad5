import { finished } from 'node:stream/promises';
import { type Call } from '../messages';
import { type Ends } from './buffered';
import { contextOf } from './context';
import { errorPayload, errorText } from './errors';
import { type Handler } from './load';
import { log } from './logs';
import { port } from './port';
import { highWaterMarkOf, ResponseStream } from './response-stream';

/** Calls a handler that writes its answer to a stream. */
export function callStreaming(handler: Handler, call: Call, ended: () => void): Ends & { taken(): void } {
  const stream = new ResponseStream(highWaterMarkOf(handler));
  let over = false;
  const end = (report: () => void) => {
    if (over) return;
    over = true;
    ended();
    report();
  };
  const fail = (error: unknown) =>
    end(() => {
      stream.on('error', () => undefined).destroy();
      log(`Invoke Error\t${errorText(error)}`);
      port.post({ kind: 'error', payload: errorPayload(error) });
    });
  const run = async () => {
    const written = finished(stream);
    // Told by the handler's own failure, if it has one.
    written.catch(() => undefined);
    const result = handler(JSON.parse(call.event), stream, contextOf(call));
    if (typeof (result as { then?: unknown } | undefined)?.then !== 'function')
      throw new Error('Streaming does not support non-async handlers.');
    if ((await result) !== undefined) log('Streaming handlers ignore return values.');
    await written;
    end(() => port.post({ kind: 'end' }));
  };
  run().catch(fail);
  return { succeed: () => undefined, fail, idle: () => undefined, taken: () => stream.onTaken() };
}
