import { membersOf } from './json-spot';
import { type Position } from '../model/place';
import { positionIn, startsOfLines } from './written-file';

/** A key that an object has twice: CloudFormation takes the last, and says nothing. */
export interface DuplicateKey {
  readonly path: readonly string[];
  /** Where the key is that does not count. */
  readonly lost: Position;
  /** Where the one is that counts. */
  readonly kept: Position;
}

/** @param value what `JSON.parse` made of the text: it has fewer keys than the text if one is there twice */
export function duplicatesInJson(text: string, value: unknown): DuplicateKey[] {
  if (keysWritten(text) === keysIn(value)) return [];
  const lines = startsOfLines(text);
  const found: DuplicateKey[] = [];
  const look = (start: number, path: readonly string[]): void => {
    const seen = new Map<string, number>();
    for (const { key, offset, value: inner } of membersOf(text, start)) {
      const earlier = seen.get(key);
      const at = [...path, key];
      if (earlier !== undefined) {
        found.push({ path: at, lost: positionIn(lines, earlier), kept: positionIn(lines, offset) });
      }
      seen.set(key, offset);
      look(inner, at);
    }
  };
  look(Math.max(text.search(/\S/), 0), []);
  return found;
}

/** Each key ends in a quote and a colon; in a string, the quote would be escaped. */
function keysWritten(text: string): number {
  let keys = 0;
  let inString = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (!inString) inString = true;
    else if (!isEscaped(text, at)) {
      inString = false;
      if (nextSign(text, at + 1) === ':') keys++;
    }
  }
  return keys;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}

function nextSign(text: string, from: number): string {
  let at = from;
  while (text.charCodeAt(at) <= 32) at++;
  return text[at] ?? '';
}

function keysIn(value: unknown): number {
  let keys = 0;
  const left = [value];
  for (let one = left.pop(); left.length > 0 || one !== undefined; one = left.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    const inner: unknown[] = Array.isArray(one) ? one : Object.values(one);
    if (!Array.isArray(one)) keys += inner.length;
    for (const child of inner) if (typeof child === 'object' && child !== null) left.push(child);
  }
  return keys;
}
