import { type ErrorObject } from 'ajv-draft-04';

const list = (values: readonly unknown[]): string => `[${values.map((value) => JSON.stringify(value)).join(',')}]`;

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

const lengthOf = (value: unknown): number =>
  typeof value === 'string' ? [...value].length : (value as unknown[]).length;

type Detail = (params: Readonly<Record<string, unknown>>, error: ErrorObject) => string;

/**
 * What `$context.error.validationErrorString` says, by the keyword of the schema. The service uses a validator in Java, and these
 * are its words.
 */
const DETAILS: Readonly<Record<string, Detail>> = {
  required: ({ missingProperty }) => `object has missing required properties (${list([missingProperty])})`,
  type: (_, { schema, data }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${list([schema].flat())})`,
  enum: (_, { schema, data }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${list([schema].flat())})`,
  maximum: ({ limit, comparison }, { data }) =>
    comparison === '<'
      ? `numeric instance is not strictly lower than the required maximum ${String(limit)}`
      : `numeric instance is greater than the required maximum (maximum: ${String(limit)}, found: ${String(data)})`,
  minimum: ({ limit, comparison }, { data }) =>
    comparison === '>'
      ? `numeric instance is not strictly greater than the required minimum ${String(limit)}`
      : `numeric instance is lower than the required minimum (minimum: ${String(limit)}, found: ${String(data)})`,
  maxLength: ({ limit }, { data }) =>
    `string ${JSON.stringify(data)} is too long (length: ${lengthOf(data)}, maximum allowed: ${String(limit)})`,
  minLength: ({ limit }, { data }) =>
    `string ${JSON.stringify(data)} is too short (length: ${lengthOf(data)}, required minimum: ${String(limit)})`,
  pattern: ({ pattern }, { data }) =>
    `ECMA 262 regex ${JSON.stringify(pattern)} does not match input string ${JSON.stringify(data)}`,
  additionalProperties: ({ additionalProperty }) =>
    `object instance has properties which are not allowed by the schema: ${list([additionalProperty])}`,
  maxItems: ({ limit }, { data }) =>
    `array is too long: must have at most ${String(limit)} elements but instance has ${lengthOf(data)} elements`,
  minItems: ({ limit }, { data }) =>
    `array is too short: must have at least ${String(limit)} elements but instance has ${lengthOf(data)} elements`,
  uniqueItems: () => 'array must not contain duplicate elements',
  multipleOf: ({ multipleOf }, { data }) =>
    `remainder of division is not zero (${String(data)} / ${String(multipleOf)})`,
  oneOf: ({ passingSchemas }, { schema }) =>
    `instance failed to match exactly one schema (matched ${Array.isArray(passingSchemas) ? passingSchemas.length : 0} out of ${(schema as unknown[]).length})`,
  anyOf: (_, { schema }) =>
    `instance failed to match at least one required schema among ${(schema as unknown[]).length}`,
  not: () => 'instance matched a schema which it should not have',
};

/** One fault, with its place in the body if that is not the whole; undefined for what another fault says already. */
export function detailOf(error: ErrorObject): string | undefined {
  const detail = Object.hasOwn(DETAILS, error.keyword) ? DETAILS[error.keyword](error.params, error) : error.message;
  if (detail === undefined || error.keyword === '$ref') return undefined;
  return error.instancePath === '' ? detail : `[Path '${error.instancePath}'] ${detail}`;
}
