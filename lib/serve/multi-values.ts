/** Values by name, each with all values that were sent, in their order. */
export type MultiValues = Readonly<Record<string, readonly string[]>>;

/** The same names with other values; a name may be `__proto__`. */
export function mapped<T>(values: MultiValues, of: (all: readonly string[]) => T): Record<string, T> {
  const made: Record<string, T> = {};
  for (const name of Object.keys(values)) {
    if (name === '__proto__') Object.defineProperty(made, name, { ...PLAIN, value: of(values[name]) });
    else made[name] = of(values[name]);
  }
  return made;
}

const PLAIN = { configurable: true, enumerable: true, writable: true };

/** One value by name: the last one. */
export const lastValues = (values: MultiValues): Record<string, string> => mapped(values, (all) => all[all.length - 1]);

/** Collects values by name; names are compared as `same` says. */
export function collected(
  pairs: Iterable<readonly [string, string]>,
  same: (name: string) => string = (name) => name,
): MultiValues {
  const found = new Map<string, readonly [name: string, values: string[]]>();
  for (const [name, value] of pairs) {
    const key = same(name);
    const kept = found.get(key);
    if (kept) kept[1].push(value);
    else found.set(key, [name, [value]]);
  }
  return Object.fromEntries(found.values());
}

/** All values of a header, by its name in any case. */
export function valuesOfHeader(headers: MultiValues, name: string): readonly string[] | undefined {
  if (Object.hasOwn(headers, name)) return headers[name];
  const lower = name.toLowerCase();
  return Object.entries(headers).find(([each]) => each.toLowerCase() === lower)?.[1];
}

/** The last value of a header, by its name in any case. */
export const valueOfHeader = (headers: MultiValues, name: string): string | undefined =>
  valuesOfHeader(headers, name)?.at(-1);

/** Pairs of a query as they were sent, decoded; what cannot be decoded stays as it is. */
export function* queryPairs(query: string, separator: string | RegExp = '&'): Iterable<readonly [string, string]> {
  for (const part of query.split(separator)) {
    if (part === '') continue;
    const at = part.indexOf('=');
    yield [decoded(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decoded(part.slice(at + 1))];
  }
}

/** A text of a query or form, decoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
