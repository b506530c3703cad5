import fc from 'fast-check';
import { FrameMeter } from '../../../runtime/serve/frame-meter';

interface Frame {
  readonly opcode: number;
  readonly length: number;
  readonly isMasked: boolean;
  /** Lengths may be written longer than needed. */
  readonly width: 0 | 2 | 8;
}

const frame: fc.Arbitrary<Frame> = fc.record({
  opcode: fc.constantFrom(0, 1, 2, 8, 9, 10),
  length: fc.oneof(fc.nat(130), fc.nat(70_000)),
  isMasked: fc.boolean(),
  width: fc.constantFrom(0, 2, 8),
});

/** A frame on the wire; its payload looks like heads of frames. */
function wire({ opcode, length, isMasked, width }: Frame): Buffer {
  const least = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = Math.max(least, width);
  const second = (isMasked ? 0x80 : 0) | (bytes === 0 ? length : bytes === 2 ? 126 : 127);
  const size = Buffer.alloc(bytes);
  if (bytes > 0) size.writeUIntBE(length, bytes === 2 ? 0 : 2, bytes === 2 ? 2 : 6);
  return Buffer.concat([
    Buffer.from([0x80 | opcode, second]),
    size,
    Buffer.alloc(isMasked ? 4 : 0),
    Buffer.alloc(length, 0x81),
  ]);
}

test('finds the length of each frame of a message, however the bytes come', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
      (frames, sizes) => {
        const found: number[] = [];
        const meter = new FrameMeter((bytes) => found.push(bytes));
        const all = Buffer.concat(frames.map(wire));
        for (let at = 0, each = 0; at < all.length; each++) {
          const size = sizes[each % sizes.length];
          meter.read(all.subarray(at, at + size));
          at += size;
        }
        expect(found).toEqual(frames.filter(({ opcode }) => opcode < 8).map(({ length }) => length));
      },
    ),
  );
});
