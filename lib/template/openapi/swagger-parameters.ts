import { isJson, type Json, list, orNothing, scalar } from './json';
import { type Losses, type Place } from './losses';

/** Keywords that Swagger 2 has next to the name of a parameter or header, and OpenAPI 3 in its schema. */
const KEYWORDS = [
  'type',
  'format',
  'items',
  'default',
  'enum',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
];
const STYLES: Readonly<Record<string, string>> = { ssv: 'spaceDelimited', pipes: 'pipeDelimited' };

/** A parameter or header with its keywords in a schema; as it is, if it has one. */
export function withSchema(value: Json): Json {
  if (value.schema !== undefined || value.content !== undefined || value.type === undefined) return value;
  const { collectionFormat, ...rest } = value;
  const kept = Object.entries(rest).filter(([key]) => !KEYWORDS.includes(key));
  return { ...Object.fromEntries(kept), ...styleOf(collectionFormat, value), schema: schemaOf(rest) };
}

/** The keywords; lists in lists have no style. */
function schemaOf(value: Json): Json {
  const schema = Object.fromEntries(Object.entries(value).filter(([key]) => KEYWORDS.includes(key)));
  return isJson(schema.items) && schema.items.$ref === undefined
    ? { ...schema, items: schemaOf(schema.items) }
    : schema;
}

function styleOf(format: unknown, { type, in: where }: Json): Json {
  if (type !== 'array') return {};
  if (format === 'multi') return { style: 'form', explode: true };
  if (where !== 'query') return {};
  const style = typeof format === 'string' ? STYLES[format] : undefined;
  return { style: style ?? 'form', explode: false };
}

/** The content types of an operation, or of the whole document. */
export function typesOf(operation: unknown, root: unknown): string[] {
  const types = list(operation ?? root)
    .map(scalar)
    .filter((type) => typeof type === 'string');
  return types.length > 0 ? types : ['application/json'];
}

/** The body that a parameter of Swagger 2 describes. */
function bodyOfParameter({ description, required, schema, ...rest }: Json, types: readonly string[]): Json {
  const extensions = Object.entries(rest).filter(([key]) => key.startsWith('x-'));
  return {
    description,
    content: Object.fromEntries(types.map((type) => [type, { schema: schema ?? {} }])),
    required,
    ...Object.fromEntries(extensions),
  };
}

/** The body that the fields of a form make. */
function bodyOfForm(fields: readonly Json[], types: readonly string[]): Json {
  const hasFile = fields.some(({ type }) => type === 'file');
  const forms = types.filter((type) => /^(multipart\/|application\/x-www-form-urlencoded)/i.test(type));
  const usual = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const properties = fields.map((field) => [
    String(field.name),
    { ...schemaOf(field), description: field.description },
  ]);
  const required = fields.filter((field) => scalar(field.required) === true).map(({ name }) => String(name));
  const schema = { type: 'object', properties: Object.fromEntries(properties) as Json, required: orNothing(required) };
  const content = (forms.length > 0 ? forms : [usual]).map((type) => [type, { schema }]);
  return { content: Object.fromEntries(content) as Json, required: required.length > 0 ? true : undefined };
}

/** The body that parameters of Swagger 2 describe; undefined if they describe none. */
export function bodyOf(
  parameters: readonly Json[],
  types: readonly string[],
  place: Place,
  losses: Losses,
): Json | undefined {
  const [body, ...others] = parameters.filter((one) => one.in === 'body');
  const fields = parameters.filter((one) => one.in === 'formData');
  if (others.length > 0 || (body && fields.length > 0))
    losses.add([...place, 'parameters'], 'describes the body twice; only the first description is written');
  if (body) return bodyOfParameter(body, types);
  return fields.length > 0 ? bodyOfForm(fields, types) : undefined;
}
