import { type FunctionOutcome, type StreamPrelude } from '../../../lib/serve/functions';
import { answered } from './payloads';

const DELIMITER = Buffer.alloc(8);
/** Metadata that is longer is taken for a body without metadata. */
const MAX_PRELUDE = 64 * 1024;

/**
 * The prelude and the rest of a streamed answer: `undefined` while it is not all there.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function splitPrelude(
  bytes: Buffer,
  ended: boolean,
): { readonly prelude?: StreamPrelude; readonly rest: Buffer } | undefined {
  if (bytes.length > 0 && bytes[0] !== 0x7b) return { rest: bytes };
  const at = bytes.indexOf(DELIMITER);
  if (at < 0) return ended || bytes.length > MAX_PRELUDE ? { rest: bytes } : undefined;
  try {
    return {
      prelude: JSON.parse(bytes.toString('utf8', 0, at)) as StreamPrelude,
      rest: bytes.subarray(at + DELIMITER.length),
    };
  } catch {
    return { rest: bytes };
  }
}

/** A chunk, and whether the function waits until it is taken. */
interface Chunk {
  readonly bytes: Buffer;
  readonly owed: boolean;
}

/** Chunks of an answer on their way from the function to the client, who sets the pace. */
export class StreamedAnswer {
  private chunks: Chunk[] = [];
  private begun = false;
  private over = false;
  /** The client no longer reads. */
  private abandoned = false;
  private failure?: Error;
  private wake?: () => void;

  constructor(
    /** Otherwise the whole of it is the payload. */
    private readonly streaming: boolean,
    private readonly done: (outcome: FunctionOutcome) => void,
    private readonly taken: () => void,
  ) {}

  add(bytes: Uint8Array): void {
    const owed = this.streaming && this.begun && !this.abandoned;
    if (!owed) this.taken();
    if (this.abandoned) return;
    this.chunks.push({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), owed });
    if (this.streaming && !this.begun) this.begin(false);
    this.wake?.();
  }

  /** All is there. */
  end(): void {
    if (this.streaming && !this.begun) this.begin(true);
    this.over = true;
    this.wake?.();
  }

  /** The call is over: in the middle, if it has not ended before. */
  finish(outcome: FunctionOutcome): void {
    if (!this.over && this.begun) {
      const why = outcome.kind === 'error' ? outcome.payload : outcome.kind === 'refused' ? outcome.reason : 'no end';
      this.failure = new Error(`The function broke its answer off: ${why}`);
    } else if (!this.over) this.done(outcome);
    else if (!this.streaming) this.done(answered(this.bytes().toString('utf8')));
    this.wake?.();
  }

  private bytes(): Buffer {
    return Buffer.concat(this.chunks.map(({ bytes }) => bytes));
  }

  private begin(ended: boolean): void {
    const split = splitPrelude(this.bytes(), ended);
    if (!split) return;
    this.begun = true;
    this.chunks = split.rest.length > 0 ? [{ bytes: split.rest, owed: false }] : [];
    this.done({ kind: 'stream', ...(split.prelude && { prelude: split.prelude }), body: this.body() });
  }

  private async *body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.chunks.shift();
        if (chunk) {
          yield chunk.bytes;
          if (chunk.owed) this.taken();
        } else if (this.failure) throw this.failure;
        else if (this.over) return;
        else await new Promise<void>((wake) => (this.wake = wake));
      }
    } finally {
      // A client that went away does not stop the function.
      this.abandoned = true;
      this.chunks = [];
      this.taken();
    }
  }
}
