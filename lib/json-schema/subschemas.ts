import { isToken } from '../document/skeleton';

/** A schema, or a part of one, as JSON. Tokens can replace any value. */
export type Schema = { readonly [keyword: string]: unknown };

/** The places where draft-04 expects a schema, a map of schemas or a list of them. */
const SCHEMA_MAPS = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'items']);
const SCHEMAS = new Set(['not', 'items', 'additionalItems', 'additionalProperties']);
const HOLDS_SCHEMAS = new Set([...SCHEMA_MAPS, ...SCHEMA_LISTS, ...SCHEMAS]);

export function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type MapPart = (part: unknown, path: readonly string[]) => unknown;

/**
 * The schema with the function applied to every direct subschema, or the schema itself if that changes nothing; data
 * such as `enum` is skipped. Values in the place of a schema that are not schemas are passed too, so the function can
 * report them.
 */
export function mapSubschemas(schema: Schema, map: MapPart): Schema {
  return mapValues(schema, (value, keyword) => (HOLDS_SCHEMAS.has(keyword) ? mapKeyword(keyword, value, map) : value));
}

/** Calls the function with every direct subschema, like `mapSubschemas`. */
export function eachSubschema(schema: Schema, show: (part: unknown, path: readonly string[]) => void): void {
  mapSubschemas(schema, (part, path) => {
    show(part, path);
    return part;
  });
}

function mapKeyword(keyword: string, value: unknown, map: MapPart): unknown {
  if (isToken(value)) return value;
  if (SCHEMA_MAPS.has(keyword) && isObject(value)) {
    return mapValues(value, (part, name) =>
      keyword === 'dependencies' && Array.isArray(part) ? part : map(part, [keyword, name]),
    );
  }
  if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) {
    const parts = value.map((part: unknown, index) => map(part, [keyword, String(index)]));
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  if (SCHEMAS.has(keyword) && (isObject(value) || !keyword.startsWith('additional'))) return map(value, [keyword]);
  return value;
}

function mapValues(object: Schema, map: (value: unknown, key: string) => unknown): Schema {
  let mapped: [string, unknown][] | undefined;
  for (const key of Object.keys(object)) {
    const value = map(object[key], key);
    if (value !== object[key]) (mapped ??= []).push([key, value]);
  }
  // In its own place; not by assignment, which `__proto__` would turn into something else.
  return mapped ? Object.fromEntries([...Object.entries(object), ...mapped]) : object;
}

/** `#/properties/a~1b`: the place as a JSON pointer. */
export function pointer(path: readonly string[]): string {
  return ['#', ...path.map((part) => part.replace(/~/g, '~0').replace(/\//g, '~1'))].join('/');
}

/** The name in `#/definitions/<name>`; undefined for any other reference. */
export function definitionName(ref: string): string | undefined {
  const match = /^#\/definitions\/([^/]+)$/.exec(ref);
  if (!match) return undefined;
  try {
    return decodeURIComponent(match[1]).replace(/~1/g, '/').replace(/~0/g, '~');
  } catch {
    return undefined;
  }
}
