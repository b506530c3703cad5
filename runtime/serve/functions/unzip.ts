import { crc32, inflateRawSync } from 'node:zlib';

/**
 * Bytes of unpacked code, layers included, and so the most that is ever unpacked.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_UNPACKED = 262_144_000;
const MAX_ENTRIES = 200_000;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;

export type ZipEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly bytes: () => Buffer }
  /** A symbolic link to a path inside of the archive, relative to the link. */
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

/** The entries of a zip archive; throws if it is none, is damaged, or would leave its folder. */
export function readZip(archive: Buffer): ZipEntry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new Error('it is in the Zip64 format, which is not read');
  if (count > MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} entries`);
  const entries: ZipEntry[] = [];
  let unpacked = 0;
  for (let i = 0; i < count; i++) {
    const header = within(archive, at, CENTRAL_LENGTH);
    if (header.readUInt32LE(0) !== CENTRAL) throw new Error('its directory is damaged');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => header.readUInt16LE(offset));
    const name = within(archive, at + CENTRAL_LENGTH, nameLength).toString('utf8');
    unpacked += header.readUInt32LE(24);
    if (unpacked > MAX_UNPACKED) throw new Error(`it unpacks to more than ${MAX_UNPACKED / 1_048_576} MB`);
    entries.push(entryOf(archive, header, name));
    at += CENTRAL_LENGTH + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Where the end of the directory is: a comment of up to 64 KB may follow it. */
function findEnd(archive: Buffer): number {
  for (let at = archive.length - END_LENGTH; at >= Math.max(0, archive.length - END_LENGTH - 0xffff); at--)
    if (archive.readUInt32LE(at) === END && at + END_LENGTH + archive.readUInt16LE(at + 20) === archive.length)
      return at;
  throw new Error('it is not a zip archive');
}

function within(archive: Buffer, at: number, length: number): Buffer {
  if (at + length > archive.length) throw new Error('it ends too early');
  return archive.subarray(at, at + length);
}

function entryOf(archive: Buffer, header: Buffer, name: string): ZipEntry {
  const path = safePath(name);
  if (header.readUInt16LE(8) & 1) throw new Error(`"${name}" is encrypted`);
  const mode = header.readUInt32LE(38) >>> 16;
  if (name.endsWith('/')) return { kind: 'folder', path };
  const bytes = () => contentOf(archive, header, name);
  // S_IFLNK
  if ((mode & 0o170000) === 0o120000) return { kind: 'link', path, target: safeTarget(path, bytes().toString('utf8')) };
  return { kind: 'file', path, mode: mode & 0o777, bytes };
}

function contentOf(archive: Buffer, header: Buffer, name: string): Buffer {
  const method = header.readUInt16LE(10);
  const [crc, packed, size, at] = [16, 20, 24, 42].map((offset) => header.readUInt32LE(offset));
  const local = within(archive, at, LOCAL_LENGTH);
  if (local.readUInt32LE(0) !== LOCAL) throw new Error(`"${name}" is not where its directory says`);
  const start = at + LOCAL_LENGTH + local.readUInt16LE(26) + local.readUInt16LE(28);
  const raw = within(archive, start, packed);
  if (method !== 0 && method !== 8) throw new Error(`"${name}" is compressed in a way that is not read (${method})`);
  const bytes = method === 0 ? raw : inflated(raw, size, name);
  if (bytes.length !== size || crc32(bytes) !== crc) throw new Error(`"${name}" is damaged`);
  return bytes;
}

function inflated(raw: Buffer, size: number, name: string): Buffer {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw new Error(`"${name}" is damaged`, { cause: error });
  }
}

/** The path of an entry, which stays inside of the folder that it is unpacked to. */
function safePath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (name.startsWith('/') || /[\\\0]|^[a-z]:/i.test(name) || parts.includes('..') || parts.length === 0)
    throw new Error(`"${name}" would be outside of its folder`);
  return parts.join('/');
}

/** Links go up at their beginning only, and not out of the folder. */
function safeTarget(path: string, target: string): string {
  const parts = target.split('/');
  const up = parts.findIndex((part) => part !== '..');
  const ups = up < 0 ? parts.length : up;
  const depth = path.split('/').length - 1;
  if (
    target === '' ||
    target.startsWith('/') ||
    /[\\\0]|^[a-z]:/i.test(target) ||
    ups > depth ||
    parts.includes('..', ups)
  )
    throw new Error(`the link "${path}" leads out of its folder`);
  return target;
}
