import { membersOf, startOfJson } from './json-spot';
import { type Position } from '../model/place';
import { Lines } from './written-file';

/** A key that an object has twice: CloudFormation takes the last, and says nothing. */
export interface DuplicateKey {
  readonly path: readonly string[];
  /** The place of the key that does not count. */
  readonly lost: Position;
  /** The place of the one that counts. */
  readonly kept: Position;
}

/** @param keys how many keys `JSON.parse` made of the text: fewer than it has if one is there twice */
export function duplicatesInJson(text: string, keys: number): DuplicateKey[] {
  if (keysWritten(text) === keys) return [];
  const lines = new Lines(text);
  const found: DuplicateKey[] = [];
  const ends = new Map<number, number>();
  const look = (start: number, path: readonly string[]): void => {
    const seen = new Map<string, number>();
    for (const { key, offset, value: inner } of membersOf(text, start, ends)) {
      const earlier = seen.get(key);
      const at = [...path, key];
      if (earlier !== undefined) {
        found.push({ path: at, lost: lines.positionOf(earlier), kept: lines.positionOf(offset) });
      }
      seen.set(key, offset);
      look(inner, at);
    }
  };
  look(startOfJson(text), []);
  return found;
}

/** Each key ends in a quote and a colon; in a string, the quote would be escaped. */
const KEY_END = /(?<!\\)"\s*:/g;

function keysWritten(text: string): number {
  let keys = 0;
  KEY_END.lastIndex = 0;
  while (KEY_END.test(text)) keys++;
  return keys;
}
