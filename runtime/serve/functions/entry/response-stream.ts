import { Writable } from 'node:stream';
import { RuntimeError } from './errors';
import { port } from './port';

const DELIMITER = new Uint8Array(8);

/** What streaming handlers write to. Each chunk waits until the client has taken the one before. */
export class ResponseStream extends Writable {
  private written = false;
  /** Set by `HttpResponseStream.from`. */
  _onBeforeFirstWrite?: (write: (chunk: string | Uint8Array) => void) => void;
  private taken?: () => void;

  constructor(highWaterMark: number | undefined) {
    super({ ...(highWaterMark !== undefined && { highWaterMark }) });
  }

  setContentType(_type: string): void {
    if (this.written) throw new RuntimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
  }

  override write(chunk: unknown, ...more: never[]): boolean {
    this.prepare();
    const isBytes = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(isBytes ? chunk : JSON.stringify(chunk), ...more);
  }

  override end(...given: unknown[]): this {
    const [chunk] = given;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') {
      this.write(chunk);
      given[0] = undefined;
    } else this.prepare();
    return super.end(...(given as []));
  }

  /** The gateway has read the chunk. */
  onTaken(): void {
    const { taken } = this;
    this.taken = undefined;
    taken?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    // A copy, as pooled memory cannot be given away.
    const bytes = new Uint8Array(chunk);
    this.taken = callback;
    port.post({ kind: 'chunk', bytes }, [bytes.buffer]);
  }

  /** The prelude goes first, with the first chunk or with the end. */
  private prepare(): void {
    if (this.written) return;
    this.written = true;
    this._onBeforeFirstWrite?.((chunk) => super.write(chunk));
  }
}

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

type Marked = { [STREAMING]?: unknown; [HIGH_WATER_MARK]?: unknown };

/** Whether the handler streams its answer. */
export function isStreaming(handler: object): boolean {
  const mark = (handler as Marked)[STREAMING];
  if (mark === undefined || mark === null || mark === false) return false;
  if (mark === 'response') return true;
  throw new RuntimeError('MalformedStreamingHandler', 'Only response streaming is supported.');
}

export function highWaterMarkOf(handler: object): number | undefined {
  const mark = Number.parseInt(String((handler as Marked)[HIGH_WATER_MARK]), 10);
  return Number.isNaN(mark) ? undefined : mark;
}

/** The global that the runtime gives to code. */
export const awslambda = {
  streamifyResponse<T extends object>(handler: T, options?: { readonly highWaterMark?: number }): T {
    Object.assign(handler, { [STREAMING]: 'response' });
    if (typeof options?.highWaterMark === 'number')
      Object.assign(handler, { [HIGH_WATER_MARK]: Math.trunc(options.highWaterMark) });
    return handler;
  },
  HttpResponseStream: class HttpResponseStream {
    static from(stream: ResponseStream, prelude: unknown): ResponseStream {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(DELIMITER);
      };
      return stream;
    }
  },
};
