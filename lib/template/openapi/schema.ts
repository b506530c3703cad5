import { isJson, type Json, list, scalar } from './json';
import { put } from '../../lookup/named';

/** Keywords of JSON Schema drafts that OpenAPI 3.0 does not have; they only restrict, or describe. */
const FOREIGN = [
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$comment',
  '$vocabulary',
  '$defs',
  'definitions',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'additionalItems',
  'unevaluatedItems',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'if',
  'then',
  'else',
  'const',
  'examples',
];
const MAPS = ['properties'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SCHEMAS = ['not', 'items', 'additionalProperties'];

/** A schema of a later or earlier draft in OpenAPI 3.0; constraints that OpenAPI cannot express are left out, so it never requires more. */
export function openApiSchema(schema: unknown, refer: (ref: string) => string = (ref) => ref): unknown {
  if (!isJson(schema)) return schema;
  // Siblings of a reference are ignored, in both.
  if (typeof schema.$ref === 'string') return { $ref: refer(schema.$ref) };
  const convert = (part: unknown) => openApiSchema(part, refer);
  const result: Json = {};
  for (const [keyword, value] of Object.entries(openApiKeywords(schema))) {
    if (MAPS.includes(keyword) && isJson(value)) {
      put(result, keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, convert(part)])));
    } else if (LISTS.includes(keyword) && Array.isArray(value)) put(result, keyword, value.map(convert));
    else if (SCHEMAS.includes(keyword)) put(result, keyword, convert(value));
    else put(result, keyword, value);
  }
  return result;
}

/** The keywords of one schema, without those of the schemas in it. */
export function openApiKeywords(schema: Json): Json {
  const result: Json = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (FOREIGN.includes(keyword)) continue;
    if (keyword === 'type') Object.assign(result, typeOf(value, schema));
    else if (keyword === 'items' && Array.isArray(value)) result.items = { anyOf: value };
    // Of draft-03, in a property.
    else if (keyword === 'required' && typeof scalar(value) === 'boolean') continue;
    else if (keyword === 'discriminator' && typeof value === 'string') result.discriminator = { propertyName: value };
    else if (!Object.hasOwn(result, keyword)) put(result, keyword, value);
  }
  for (const [bound, keyword] of BOUNDS) exclusive(result, bound, keyword);
  if (schema.const !== undefined && result.enum === undefined) result.enum = [schema.const];
  const [example] = list(schema.examples);
  if (example !== undefined && result.example === undefined) result.example = example;
  // Items after those of "prefixItems" are not the only ones.
  if (schema.prefixItems !== undefined) delete result.items;
  // Properties that only a pattern names must stay allowed.
  if (schema.patternProperties !== undefined && scalar(result.additionalProperties) === false)
    delete result.additionalProperties;
  if (result.type === 'array' && result.items === undefined) result.items = {};
  return result;
}

const BOUNDS = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const;

/** Of later drafts is a number in place of the bound. */
function exclusive(result: Json, bound: string, keyword: string): void {
  const limit = scalar(result[keyword]);
  if (typeof limit !== 'number') return;
  const other = scalar(result[bound]);
  const isTighter = typeof other !== 'number' || (bound === 'minimum' ? limit >= other : limit <= other);
  if (isTighter) Object.assign(result, { [bound]: limit, [keyword]: true });
  else delete result[keyword];
}

/** OpenAPI 3.0 supports one type, and null in addition. */
function typeOf(type: unknown, schema: Json): Json {
  if (type === 'file') return { type: 'string', format: 'binary' };
  if (type === 'null') return { enum: [null] };
  if (!Array.isArray(type)) return { type };
  const others = type.filter((one) => one !== 'null');
  const isNullable = others.length < type.length;
  if (others.length === 1) return { type: others[0] as unknown, ...(isNullable && { nullable: true }) };
  const choices = others.map((one: unknown) => ({ type: one }));
  return choices.length > 1 && !isNullable && schema.anyOf === undefined ? { anyOf: choices } : {};
}
