import { createHash } from 'node:crypto';

/** A short id that is the same for the same path. */
export function idOf(text: string): string {
  let hash = 7;
  for (const char of text) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36).padStart(6, '0').slice(-6);
}

/** An id as connections, messages and their requests have it: `TWegAcC4EowCHnA=`. @param seed one of a kind */
export const opaqueId = (seed: string): string =>
  `${createHash('sha256').update(seed).digest().subarray(0, 11).toString('base64url')}=`;
