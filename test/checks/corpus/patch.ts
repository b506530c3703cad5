/** JSON as a template has it. */
export type Value = string | number | boolean | null | Value[] | ValueMap;

export interface ValueMap {
  [key: string]: Value;
}

const isMap = (value: Value | undefined): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Ref`, `Fn::Sub` or a reference inside of a Body: a value of its own, of which nothing is merged. */
export function isReference(value: Value | undefined): boolean {
  const keys = isMap(value) ? Object.keys(value) : [];
  return keys.length === 1 && /^(Ref$|Fn::|\$ref$)/.test(keys[0]);
}

const RANGE = /\{(\d+)\.\.(\d+)\}/;

function range(text: string): number[] {
  const [, first, last] = (RANGE.exec(text) ?? []).map(Number);
  return first === undefined ? [] : [...Array(last - first + 1).keys()].map((at) => at + first);
}

/** `Stage{1..10}` is ten keys, with `{n}` in what they hold; `"10.0.{1..9}.0"` in a list is nine elements. */
export function expand(value: Value): Value {
  if (Array.isArray(value)) {
    return value.flatMap((element) =>
      typeof element === 'string' && RANGE.test(element)
        ? range(element).map((n) => element.replace(RANGE, String(n)))
        : [expand(element)],
    );
  }
  if (!isMap(value)) return value;
  const copies = (key: string, held: Value): [string, Value][] => {
    if (!RANGE.test(key)) return [[key, expand(held)]];
    const text = JSON.stringify(held);
    return range(key).map((n) => [
      key.replace(RANGE, String(n)),
      expand(JSON.parse(text.replaceAll('{n}', String(n))) as Value),
    ]);
  };
  return Object.fromEntries(Object.entries(value).flatMap(([key, held]) => copies(key, held)));
}

function merged(target: Value | undefined, patch: Value): Value {
  if (!isMap(patch) || isReference(patch)) return patch;
  if (Array.isArray(target) && Object.keys(patch).every((key) => /^\d+$/.test(key))) return elements(target, patch);
  const result: ValueMap = isMap(target) && !isReference(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

function elements(target: readonly Value[], patch: ValueMap): Value[] {
  const result: (Value | undefined)[] = [...target];
  for (const [index, value] of Object.entries(patch)) {
    result[Number(index)] = value === null ? undefined : merged(target[Number(index)], value);
  }
  return result.filter((value) => value !== undefined);
}

/**
 * A JSON merge patch (RFC 7396): maps are merged, `null` deletes, all else is replaced. Beyond it, numbers as keys
 * change elements of a list, references are replaced as a whole, and ranges are written out.
 */
export function patched<T extends Value>(target: T, patch: Value): T {
  const known = isMap(patch) ? (expanded.get(patch) ?? expand(patch)) : patch;
  if (isMap(patch)) expanded.set(patch, known);
  return merged(target, known) as T;
}

/** A case is tried on several bases, and nobody changes it. */
const expanded = new WeakMap<object, Value>();
