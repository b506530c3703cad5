/** Opcodes from here on are control frames, which are short. */
const CONTROL = 8;

/** Reads the lengths of frames out of what a client sends: a library gives whole messages only. */
export class FrameMeter {
  private readonly head: number[] = [];
  private left = 0;

  /** @param onFrame called with the length of each frame of a message, before its payload is read */
  constructor(private readonly onFrame: (bytes: number) => void) {}

  public read(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      if (this.left > 0) {
        const skipped = Math.min(this.left, chunk.length - at);
        this.left -= skipped;
        at += skipped;
        continue;
      }
      this.head.push(chunk[at]);
      at += 1;
      if (this.head.length === headLength(this.head)) this.begin();
    }
  }

  private begin(): void {
    const bytes = payloadLength(this.head);
    const opcode = this.head[0] & 0x0f;
    this.head.length = 0;
    this.left = bytes;
    if (opcode < CONTROL) this.onFrame(bytes);
  }
}

/** How long the head is, as far as it tells; clients mask with four bytes. */
function headLength([, second = 0]: readonly number[]): number {
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadLength(head: readonly number[]): number {
  const short = head[1] & 0x7f;
  if (short < 126) return short;
  return head.slice(2, short === 126 ? 4 : 10).reduce((length, byte) => length * 256 + byte, 0);
}
