import { isDeepStrictEqual } from 'node:util';

/** What differs from the expectation, each with its place; empty if all fits. */
export function differences(expected: unknown, given: unknown, place: string, connections: Connections = {}): string[] {
  const fail = (what: string): string[] => [`${place}: expected ${what}, was ${shown(given)}`];
  if (isRecord(expected)) {
    if ('$matches' in expected) {
      const text = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given;
      return typeof text === 'string' && new RegExp(String(expected.$matches), 's').test(text)
        ? []
        : fail(`/${String(expected.$matches)}/`);
    }
    if ('$any' in expected) return given !== undefined && given !== null ? [] : fail('anything');
    if ('$absent' in expected) return given === undefined ? [] : fail('nothing');
    if ('$sameConnection' in expected) {
      const id = connections[String(expected.$sameConnection)];
      return given === id ? [] : fail(`the connection ${String(expected.$sameConnection)} (${String(id)})`);
    }
    if ('$equals' in expected) return equal(expected.$equals, given, place, connections);
    if (!isRecord(given)) return fail(shown(expected));
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, Object.hasOwn(given, key) ? given[key] : undefined, `${place}.${key}`, connections),
    );
  }
  if (Array.isArray(expected)) return equal(expected, given, place, connections);
  return isDeepStrictEqual(expected, given) ? [] : fail(shown(expected));
}

/** The values that connections got, by the names that a recording has for them. */
export type Connections = Readonly<Record<string, string>>;

function equal(expected: unknown, given: unknown, place: string, connections: Connections): string[] {
  const fail = (what: string): string[] => [`${place}: expected ${what}, was ${shown(given)}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(given) || given.length !== expected.length) return fail(shown(expected));
    return expected.flatMap((each, index) => equal(each, given[index], `${place}[${index}]`, connections));
  }
  if (!isRecord(expected) || Object.keys(expected).some((key) => key.startsWith('$'))) {
    return differences(expected, given, place, connections);
  }
  if (!isRecord(given)) return fail(shown(expected));
  const more = Object.keys(given).filter((key) => !Object.hasOwn(expected, key));
  return [
    ...more.map((key) => `${place}.${key}: expected nothing, was ${shown(given[key])}`),
    ...Object.entries(expected).flatMap(([key, value]) =>
      equal(value, Object.hasOwn(given, key) ? given[key] : undefined, `${place}.${key}`, connections),
    ),
  ];
}

/** Whether the value is a part of the other. */
export const isSubset = (part: unknown, whole: unknown): boolean => differences(part, whole, '').length === 0;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** Differences of a body, as recordings describe it. */
export function bodyDifferences(
  expected: unknown,
  body: Buffer,
  place: string,
  connections: Connections = {},
): string[] {
  const text = body.toString('utf8');
  if (typeof expected === 'string') return differences(expected, text, place);
  if (!isRecord(expected)) return [];
  if ('base64' in expected) return differences(expected.base64, body.toString('base64'), `${place} (base64)`);
  if ('matches' in expected) return differences({ $matches: expected.matches }, text, place);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [`${place}: expected JSON, was ${shown(text)}`];
  }
  if ('json' in expected) return equal(expected.json, json, place, connections);
  if ('jsonSubset' in expected) return differences(expected.jsonSubset, json, place, connections);
  return differences(expected, text, place);
}
