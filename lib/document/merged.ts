import { type Document } from './skeleton';

/** A value with another merged into it, as CDK does with overrides: maps are merged, `undefined` removes, other values replace. */
export function merged(target: unknown, source: unknown): unknown {
  if (!isPlain(source)) return source;
  const base: Document = canHold(target) && !isIntrinsic(source) ? copied(target) : {};
  for (const key of Object.keys(source)) {
    if (key === '__proto__') continue;
    const value = merged(base[key], source[key]);
    if (value === undefined) delete base[key];
    else base[key] = value;
  }
  return Object.keys(base).length > 0 ? base : undefined;
}

/** The value with each of its leaves mapped; leaves are values that are not maps. */
export function mapLeaves(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (!isPlain(value)) return value === undefined ? undefined : leaf(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, leaf)]));
}

/** As JSON that does not depend on the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isPlain(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

/** Copies lists and maps, keeps everything else. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) : value;
}

/** Whether two values are equal as written, without resolving a token. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isPlain(a) || !isPlain(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
}

/** A map, of whatever realm; not a token or other object with its own class. */
export function isPlain(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isMap = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isMap && typeof (value as Document).resolve !== 'function';
}

export function isIntrinsic(value: unknown): boolean {
  if (!isPlain(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && /^(Ref$|Fn::)/.test(key);
}

function canHold(value: unknown): value is object {
  return (isPlain(value) && !isIntrinsic(value)) || Array.isArray(value);
}

/** An element of a list may be overridden by its index. */
function copied(value: object): Document {
  return (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as unknown as Document;
}
