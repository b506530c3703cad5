import { Token } from 'aws-cdk-lib';

/** A schema, or a part of one, as JSON. Tokens may stand in place of any value. */
export type Schema = { readonly [keyword: string]: unknown };

/** Where draft-04 expects a schema, and where a map or a list of them. */
const SCHEMA_MAPS = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'items']);
const SCHEMAS = new Set(['not', 'items', 'additionalItems', 'additionalProperties']);
const HOLDS_SCHEMAS = new Set([...SCHEMA_MAPS, ...SCHEMA_LISTS, ...SCHEMAS]);

export function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The same schema with every direct subschema put through the function; data such as `enum` is not looked into.
 * Non-schemas in the place of a schema go through as well, so that the function may complain about them.
 */
export function mapSubschemas(schema: Schema, map: (part: unknown, path: readonly string[]) => unknown): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      HOLDS_SCHEMAS.has(keyword) ? mapKeyword(keyword, value, map) : value,
    ]),
  );
}

/** Shows the function every direct subschema, as `mapSubschemas` does. */
export function eachSubschema(schema: Schema, show: (part: unknown, path: readonly string[]) => void): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (HOLDS_SCHEMAS.has(keyword)) mapKeyword(keyword, value, show);
  }
}

function mapKeyword(
  keyword: string,
  value: unknown,
  map: (part: unknown, path: readonly string[]) => unknown,
): unknown {
  if (Token.isUnresolved(value)) return value;
  if (SCHEMA_MAPS.has(keyword) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        keyword === 'dependencies' && Array.isArray(part) ? part : map(part, [keyword, name]),
      ]),
    );
  }
  if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) {
    return value.map((part, index) => map(part, [keyword, String(index)]));
  }
  if (SCHEMAS.has(keyword) && (isObject(value) || !keyword.startsWith('additional'))) return map(value, [keyword]);
  return value;
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
