/** Whether an address is in a range `a.b.c.d/n`, or the same for IPv6. */
export function isInRange(address: string, range: string): boolean {
  const [, base = '', written] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const [a, b] = [bitsOf(address), bitsOf(base)];
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  const length = written === undefined ? b.length : Number(written);
  return length <= b.length && a.slice(0, length) === b.slice(0, length);
}

/** An address as ones and zeros. */
function bitsOf(address: string): string | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  return mapped.includes(':') ? bitsOfV6(mapped) : bitsOfV4(mapped);
}

function bitsOfV4(address: string): string | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return undefined;
  const bytes = address.split('.').map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : bytes.map((byte) => inBits(byte, 8)).join('');
}

function bitsOfV6(address: string): string | undefined {
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head, tail] = [halves[0], halves[1] ?? []];
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => inBits(parseInt(group, 16), 16)).join('');
}

const inBits = (value: number, length: number): string => value.toString(2).padStart(length, '0');
