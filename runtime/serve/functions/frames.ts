import { type FromFunction } from './messages';

/** Kinds of messages, as `python.py` writes them. */
const KINDS: Readonly<Record<string, (payload: string) => FromFunction>> = {
  R: () => ({ kind: 'ready' }),
  A: (payload) => ({ kind: 'answer', payload }),
  E: (payload) => ({ kind: 'error', payload }),
  F: (payload) => ({ kind: 'error', payload, fatal: true }),
};

/** Reads messages of the form: kind, length of the payload, line break, payload. */
export class Frames {
  private chunks: Buffer[] = [];
  private length = 0;
  /** Bytes that are needed to go on. */
  private needed = 0;

  constructor(private readonly onMessage: (message: FromFunction) => void) {}

  add(bytes: Buffer): void {
    this.chunks.push(bytes);
    this.length += bytes.length;
    // Large answers are put together once.
    if (this.length < this.needed) return;
    let all = Buffer.concat(this.chunks);
    this.needed = 0;
    for (;;) {
      const head = all.indexOf(0x0a);
      if (head < 0) break;
      const kind = all.toString('latin1', 0, 1);
      const size = Number(all.toString('latin1', 1, head));
      const make = KINDS[kind];
      if (!make || !Number.isSafeInteger(size))
        throw new Error('A function wrote to descriptor 3, which carries its results');
      this.needed = head + 1 + size;
      if (all.length < this.needed) break;
      this.onMessage(make(all.toString('utf8', head + 1, this.needed)));
      all = all.subarray(this.needed);
      this.needed = 0;
    }
    this.chunks = all.length > 0 ? [all] : [];
    this.length = all.length;
  }
}
