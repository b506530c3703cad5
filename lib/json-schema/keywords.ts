/**
 * What a model of a REST API may say. API Gateway reads draft-04 and answers a keyword that it does not know with
 * "Invalid model schema specified. Unsupported keyword(s)", or loses it without a word.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */

/** The keywords of draft-04 that a model keeps. */
export const KEYWORDS = [
  '$ref',
  '$schema',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'definitions',
  'dependencies',
  'description',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'patternProperties',
  'properties',
  'required',
  'title',
  'type',
  'uniqueItems',
] as const;

export const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;

/** Draft-04's identifier, as `$schema` has it. */
export const DRAFT_04 = 'http://json-schema.org/draft-04/schema#';

const OPENAPI = 'is a keyword of OpenAPI, which API Gateway does not support in a model';

/** Keywords that people write nevertheless: what they are, and what to write instead. */
export const FOREIGN_KEYWORDS: Readonly<Record<string, string>> = {
  $anchor: 'is of draft 2019-09; put the schema into #/definitions and refer to it there',
  $comment: 'is of draft-07; write "description"',
  $defs: 'is of draft 2019-09; write "definitions", and "#/definitions/…" in each $ref',
  $id: 'is of draft-06, and API Gateway refuses it; leave it out, a model is known by its name',
  const: 'is of draft-06; write "enum" with one value',
  contains: 'is of draft-06; check it in the integration',
  contentEncoding: 'is of draft-07; check it in the integration',
  contentMediaType: 'is of draft-07; check it in the integration',
  default: 'is not supported by API Gateway, which passes the body on as it came; fill it in behind the API',
  dependentRequired: 'is of draft 2019-09, and API Gateway refuses it; write "dependencies"',
  dependentSchemas: 'is of draft 2019-09; write "dependencies"',
  deprecated: 'is not supported by API Gateway; say it in "description"',
  discriminator: `${OPENAPI}; write "oneOf", each branch with an "enum" of one value for the property that tells them`,
  else: 'is of draft-07; write "anyOf" with one branch for each case',
  example: 'is refused by API Gateway; give it in "description"',
  examples: 'is of draft-06, and API Gateway refuses it; give them in "description"',
  externalDocs: `${OPENAPI}; give the link in "description"`,
  // Legal in draft-04, but it changes what every $ref below it is resolved against.
  id: 'changes what references are resolved against; leave it out, a model is known by its name',
  if: 'is of draft-07; write "anyOf" with one branch for each case',
  maxContains: 'is of draft 2019-09; check it in the integration',
  minContains: 'is of draft 2019-09; check it in the integration',
  nullable: `${OPENAPI}: null would be refused; leave out "type" where null may come, or do not send the property`,
  optional: 'is no keyword; name what is mandatory in the "required" list of the object',
  prefixItems: 'is of draft 2020-12; write a list in "items"',
  propertyNames: 'is of draft-06; write "patternProperties" with "additionalProperties": false',
  readOnly: `${OPENAPI}; make a schema of its own for what is sent`,
  ref: 'is how the CDK spells it; write "$ref"',
  schema: `is how the CDK spells it; write "$schema": "${DRAFT_04}", or leave it out`,
  then: 'is of draft-07; write "anyOf" with one branch for each case',
  unevaluatedItems: 'is of draft 2019-09; write "additionalItems"',
  unevaluatedProperties: 'is of draft 2019-09; write "additionalProperties"',
  writeOnly: `${OPENAPI}; make a schema of its own for what is answered`,
  xml: `${OPENAPI}; leave it out`,
};

const UNCHECKED = 'so that requests may pass which break it; check it behind the API as well';
const NOT_IN_OPENAPI = 'OpenAPI 3.0 has no such keyword, and an API is imported as OpenAPI';

/** Keywords of draft-04 that are said, or known, to get lost on the way into API Gateway: what the schema means stays true, less is checked. */
export const LOST_KEYWORDS: Readonly<Record<string, string>> = {
  additionalItems: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
  dependencies: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
  exclusiveMaximum: `is documented for its twin exclusiveMinimum as not supported, ${UNCHECKED}`,
  exclusiveMinimum: `is documented as not supported, ${UNCHECKED}`,
  maxItems: `is documented as left out of request validation after an import, ${UNCHECKED}`,
  minItems: `is documented as left out of request validation after an import, ${UNCHECKED}`,
  patternProperties: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
};

/** Formats of numbers that API Gateway documents as not supported. */
export const LOST_FORMATS: readonly string[] = ['int32', 'int64', 'decimal'];

/** What a model may hold, in bytes. */
export const MODEL_MAX_BYTES = 400 * 1024;
