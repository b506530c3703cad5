import { bounded } from '../../lib/serve/bounded';
import { isObject, type Json, type JsonObject } from '../../lib/serve/json';
import { misconfigured } from '../../lib/serve/refusal';

/** What is wrong with a value by another schema. */
type Ask = (schema: Json, value: Json) => readonly string[];

type Check = (expected: Json, value: Json, schema: JsonObject, ask: Ask) => readonly string[];

const list = (values: readonly Json[]): string => `[${values.map((value) => JSON.stringify(value)).join(',')}]`;

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const forNumbers =
  (check: (expected: number, value: number, schema: JsonObject) => string | undefined): Check =>
  (expected, value, schema) =>
    typeof value === 'number' ? messages(check(Number(expected), value, schema)) : [];

const forTexts =
  (check: (expected: Json, value: string, length: number) => string | undefined): Check =>
  (expected, value) =>
    typeof value === 'string' ? messages(check(expected, value, [...value].length)) : [];

const forLists =
  (check: (expected: Json, value: readonly Json[], schema: JsonObject) => string | undefined): Check =>
  (expected, value, schema) =>
    Array.isArray(value) ? messages(check(expected, value as Json[], schema)) : [];

const forObjects =
  (check: (expected: Json, value: JsonObject, schema: JsonObject) => string | undefined): Check =>
  (expected, value, schema) =>
    isObject(value) ? messages(check(expected, value, schema)) : [];

/** Patterns of a model match anywhere in the text of a client. @throws Refusal if that takes too long */
export const searches = (pattern: string, text: string): boolean =>
  bounded(
    // It is tried at each place of the text.
    `[^]*(?:${pattern})`,
    text,
    () => new RegExp(pattern).test(text),
    (reason) => misconfigured(`The check of the body was stopped: ${reason}`),
  );

const messages = (message: string | undefined): readonly string[] => (message === undefined ? [] : [message]);

const schemasIn = (expected: Json): readonly Json[] => (Array.isArray(expected) ? (expected as Json[]) : []);

const matching = (expected: Json, value: Json, ask: Ask): number =>
  schemasIn(expected).filter((schema) => ask(schema, value).length === 0).length;

const isSame = (a: Json, b: Json): boolean => canonical(a) === canonical(b);

/** The same text for values that are equal: names of objects in order. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as Json[]).map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each as Json)}`).join(',')}}`;
}

function unwanted(value: JsonObject, { properties, patternProperties }: JsonObject): string[] {
  const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {});
  const isOwn = (name: string): boolean => isObject(properties) && Object.hasOwn(properties, name);
  return Object.keys(value)
    .filter((name) => !isOwn(name) && !patterns.some((pattern) => searches(pattern, name)))
    .sort();
}

const dependencies: Check = (expected, value, _, ask) => {
  if (!isObject(value) || !isObject(expected)) return [];
  const here = Object.entries(expected).filter(([name]) => Object.hasOwn(value, name));
  const names = here.flatMap(([name, needed]) => {
    if (!Array.isArray(needed)) return [];
    const missing = (needed as string[]).filter((each) => !Object.hasOwn(value, each));
    if (missing.length === 0) return [];
    return [
      `property "${name}" of object has missing property dependencies (schema requires ${list(needed as Json[])}; missing: ${list(missing)})`,
    ];
  });
  return [...names, ...here.flatMap(([, schema]) => (isObject(schema) ? ask(schema, value) : []))];
};

/** In the order in which their messages come. */
const CHECKS: ReadonlyArray<readonly [keyword: string, check: Check]> = [
  [
    'additionalItems',
    forLists((expected, value, { items }) =>
      expected === false && Array.isArray(items) && value.length > items.length
        ? `schema only allows ${items.length} elements in array but instance has ${value.length} elements`
        : undefined,
    ),
  ],
  [
    'additionalProperties',
    forObjects((expected, value, schema) => {
      const names = expected === false ? unwanted(value, schema) : [];
      if (names.length === 0) return undefined;
      return `object instance has properties which are not allowed by the schema: ${list(names)}`;
    }),
  ],
  [
    'allOf',
    (expected, value, _, ask) => {
      const [count, all] = [matching(expected, value, ask), schemasIn(expected).length];
      return count === all
        ? []
        : [`instance failed to match all required schemas (matched only ${count} out of ${all})`];
    },
  ],
  [
    'anyOf',
    (expected, value, _, ask) =>
      matching(expected, value, ask) > 0
        ? []
        : [`instance failed to match at least one required schema among ${schemasIn(expected).length}`],
  ],
  ['dependencies', dependencies],
  [
    'enum',
    (expected, value) =>
      schemasIn(expected).some((each) => isSame(each, value))
        ? []
        : [
            `instance value (${JSON.stringify(value)}) not found in enum (possible values: ${list(schemasIn(expected))})`,
          ],
  ],
  [
    'maxItems',
    forLists((expected, { length }) =>
      length > Number(expected)
        ? `array is too long: must have at most ${String(expected)} elements but instance has ${length} elements`
        : undefined,
    ),
  ],
  [
    'maxLength',
    forTexts((expected, value, length) =>
      length > Number(expected)
        ? `string "${value}" is too long (length: ${length}, maximum allowed: ${String(expected)})`
        : undefined,
    ),
  ],
  [
    'maxProperties',
    forObjects((expected, value) => {
      const { length } = Object.keys(value);
      if (length <= Number(expected)) return undefined;
      return `object has too many properties (found ${length} but schema requires at most ${String(expected)})`;
    }),
  ],
  [
    'maximum',
    forNumbers((expected, value, { exclusiveMaximum }) => {
      if (value > expected) {
        return `numeric instance is greater than the required maximum (maximum: ${expected}, found: ${value})`;
      }
      return exclusiveMaximum === true && value === expected
        ? `numeric instance is not strictly lower than the required maximum ${expected}`
        : undefined;
    }),
  ],
  [
    'minItems',
    forLists((expected, { length }) =>
      length < Number(expected)
        ? `array is too short: must have at least ${String(expected)} elements but instance has ${length} elements`
        : undefined,
    ),
  ],
  [
    'minLength',
    forTexts((expected, value, length) =>
      length < Number(expected)
        ? `string "${value}" is too short (length: ${length}, required minimum: ${String(expected)})`
        : undefined,
    ),
  ],
  [
    'minProperties',
    forObjects((expected, value) => {
      const { length } = Object.keys(value);
      if (length >= Number(expected)) return undefined;
      return `object has too few properties (found ${length} but schema requires at least ${String(expected)})`;
    }),
  ],
  [
    'minimum',
    forNumbers((expected, value, { exclusiveMinimum }) => {
      if (value < expected) {
        return `numeric instance is lower than the required minimum (minimum: ${expected}, found: ${value})`;
      }
      return exclusiveMinimum === true && value === expected
        ? `numeric instance is not strictly greater than the required minimum ${expected}`
        : undefined;
    }),
  ],
  [
    'multipleOf',
    forNumbers((expected, value) =>
      Number.isInteger(Number((value / expected).toPrecision(12)))
        ? undefined
        : `remainder of division is not zero (${value} / ${expected})`,
    ),
  ],
  [
    'not',
    (expected, value, _, ask) =>
      ask(expected, value).length > 0 ? [] : ['instance matched a schema which it should not have'],
  ],
  [
    'oneOf',
    (expected, value, _, ask) => {
      const [count, all] = [matching(expected, value, ask), schemasIn(expected).length];
      return count === 1 ? [] : [`instance failed to match exactly one schema (matched ${count} out of ${all})`];
    },
  ],
  [
    'pattern',
    forTexts((expected, value) =>
      searches(String(expected), value)
        ? undefined
        : `ECMA 262 regex "${String(expected)}" does not match input string "${value}"`,
    ),
  ],
  [
    'required',
    forObjects((expected, value) => {
      const missing = schemasIn(expected)
        .map(String)
        .filter((name) => !Object.hasOwn(value, name))
        .sort();
      return missing.length === 0 ? undefined : `object has missing required properties (${list(missing)})`;
    }),
  ],
  [
    'type',
    (expected, value) => {
      const named = [expected].flat() as readonly Json[];
      // A number may be whole.
      const allowed = TYPES.filter((type) => named.includes(type) || (type === 'integer' && named.includes('number')));
      if (allowed.some((type) => type === typeOf(value))) return [];
      return [`instance type (${typeOf(value)}) does not match any allowed primitive type (allowed: ${list(allowed)})`];
    },
  ],
  [
    'uniqueItems',
    forLists((expected, value) =>
      expected === true && new Set(value.map(canonical)).size < value.length
        ? 'array must not contain duplicate elements'
        : undefined,
    ),
  ],
];

/** What is wrong with a value itself. */
export const checksOf = (schema: JsonObject, value: Json, ask: Ask): string[] =>
  CHECKS.flatMap(([keyword, check]) =>
    Object.hasOwn(schema, keyword) ? check(schema[keyword] as Json, value, schema, ask) : [],
  );
