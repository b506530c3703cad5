import { isJson, type Json } from './json';
import { put } from '../../lookup/named';

/** Keywords of draft-04 that OpenAPI 3.0 does not have. */
const FOREIGN = ['$schema', 'id', 'definitions', 'patternProperties', 'dependencies', 'additionalItems'];
const MAPS = ['properties'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SCHEMAS = ['not', 'items', 'additionalProperties'];

/** A schema of draft-04 in OpenAPI 3.0; constraints that OpenAPI cannot express are left out, so it never requires more. */
export function openApiSchema(schema: unknown, refer: (ref: string) => string = (ref) => ref): unknown {
  if (!isJson(schema)) return schema;
  // Siblings of a reference are ignored, in both.
  if (typeof schema.$ref === 'string') return { $ref: refer(schema.$ref) };
  const convert = (part: unknown) => openApiSchema(part, refer);
  const result: Json = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (FOREIGN.includes(keyword)) continue;
    if (keyword === 'type') Object.assign(result, typeOf(value));
    else if (keyword === 'items' && Array.isArray(value)) result.items = { anyOf: value.map(convert) };
    else if (MAPS.includes(keyword) && isJson(value)) {
      put(result, keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, convert(part)])));
    } else if (LISTS.includes(keyword) && Array.isArray(value)) put(result, keyword, value.map(convert));
    else if (SCHEMAS.includes(keyword)) put(result, keyword, convert(value));
    else put(result, keyword, value);
  }
  // Properties that only a pattern names must stay allowed.
  if (schema.patternProperties !== undefined && result.additionalProperties === false)
    delete result.additionalProperties;
  if (result.type === 'array' && result.items === undefined) result.items = {};
  return result;
}

/** OpenAPI 3.0 supports one type, and null in addition. */
function typeOf(type: unknown): Json {
  if (!Array.isArray(type)) return type === 'null' ? { enum: [null] } : { type };
  const others = type.filter((one) => one !== 'null');
  return {
    ...(others.length === 1 ? { type: others[0] as unknown } : {}),
    ...(others.length === 1 && others.length < type.length ? { nullable: true } : {}),
    ...(others.length > 1 && others.length === type.length
      ? { anyOf: others.map((one: unknown) => ({ type: one })) }
      : {}),
  };
}
