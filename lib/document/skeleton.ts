import { type IResolvable, Token } from 'aws-cdk-lib';
import { put } from '../lookup/named';

/** A JSON document in which strings may be, or contain, tokens. */
export type Document = { [key: string]: unknown };

interface Hole {
  readonly parent: Document;
  readonly key: string;
  /** Index into the distinct values. */
  readonly value: number;
}

/** A parsed document: the finished object, and the few places in it that only CDK can fill. */
export interface Skeleton<T> {
  readonly root: T;
  readonly holes: readonly Hole[];
  readonly values: readonly unknown[];
}

/**
 * Copies the parts that lead to a token, and shares the rest: most of a document is the user's own schemas and settings, which
 * are never written to.
 */
export function takeApart<T extends object>(document: T): Skeleton<T> {
  const holes: Hole[] = [];
  const values: unknown[] = [];
  const seen = new Map<unknown, number>();

  const indexOf = (value: unknown): number => {
    let index = seen.get(value);
    if (index === undefined) {
      index = values.push(value) - 1;
      seen.set(value, index);
    }
    return index;
  };

  /** An object that occurs in several places is frozen: it is parsed once, and its copy shared. */
  const known = new Map<object, unknown>();

  /** The value itself if it contains no token; otherwise a copy with its holes. */
  const split = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const shared = Object.isFrozen(value);
    if (shared && known.has(value)) return known.get(value);
    const copy = Array.isArray(value) ? splitInto([], value) : splitInto({}, value);
    if (shared) known.set(value, copy);
    return copy;
  };

  /** Fills an empty object with the parts of the value; returns the value if it contains no token. */
  const splitInto = (copy: object, value: object): unknown => {
    const target = copy as Document;
    let differs = false;
    for (const key of Object.keys(value)) {
      const item = (value as Document)[key];
      if (isToken(item)) {
        differs = true;
        // The placeholder of a token in the hash; never in a template.
        put(target, key, { hole: indexOf(item) });
        holes.push({ parent: target, key, value: indexOf(item) });
      } else {
        const part = split(item);
        if (part !== item) differs = true;
        put(target, key, part);
      }
    }
    return differs ? copy : value;
  };

  return { root: split(document) as T, holes, values };
}

/** The finished document, with the values that CDK resolved; the same object each time. */
export function filled<T>({ root, holes }: Skeleton<T>, resolved: readonly unknown[]): T {
  for (const { parent, key, value } of holes) put(parent, key, resolved[value]);
  return root;
}

/** Whether the value is a token, or a string that contains one; as CDK determines it, but without calling CDK for every value. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return mayHoldToken(value) && Token.isUnresolved(value);
    case 'number':
      return Math.abs(value) > LARGEST_PLAIN_NUMBER && Token.isUnresolved(value);
    case 'object':
      if (value === null) return false;
      return Array.isArray(value) ? value.some(mayHoldToken) && Token.isUnresolved(value) : isResolvable(value);
    default:
      return false;
  }
}

/** CDK encodes number tokens as numbers that do not occur otherwise; calling it for every string and number is slow. */
const LARGEST_PLAIN_NUMBER = 1e287;

function mayHoldToken(value: unknown): boolean {
  return typeof value === 'string' && value.includes('Token[');
}

function isResolvable(value: object): boolean {
  return typeof (value as Partial<IResolvable>).resolve === 'function';
}
