import { format } from 'node:util';
import { port } from './port';

let requestId: string | undefined;

/** Lines from now on are of this request. */
export function logFor(request: string): void {
  requestId = request;
}

export function log(text: string): void {
  port.post(requestId === undefined ? { kind: 'log', text } : { kind: 'log', text, requestId });
}

/** Lines of `console` and of the output streams go to the gateway in their order. */
export function takeOutput(): void {
  const print = (...given: unknown[]) => log(format(...given));
  const methods = { log: print, info: print, debug: print, warn: print, error: print, fatal: print };
  const trace = (...given: unknown[]) => {
    const { stack = '' } = new Error();
    log([`Trace: ${format(...given)}`, ...stack.split('\n').slice(2)].join('\n'));
  };
  Object.assign(console, methods, { trace });
  takeStream(process.stdout);
  takeStream(process.stderr);
}

/** Whole lines; the rest waits for its end. */
function takeStream(stream: NodeJS.WriteStream): void {
  let rest = '';
  stream.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split('\n');
    rest = lines.pop()!;
    lines.forEach(log);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  process.on('exit', () => {
    if (rest !== '') log(rest);
  });
}
