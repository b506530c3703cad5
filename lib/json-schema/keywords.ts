/**
 * The keywords of a model of a REST API. API Gateway uses draft-04 and rejects an unknown keyword with
 * "Invalid model schema specified. Unsupported keyword(s)", or drops it silently.
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

/** Unsupported keywords that are common: what they are, and what to write instead. */
export const FOREIGN_KEYWORDS: Readonly<Record<string, string>> = {
  $anchor: 'belongs to draft 2019-09; put the schema into #/definitions and refer to it there',
  $comment: 'belongs to draft-07; write "description"',
  $defs: 'belongs to draft 2019-09; write "definitions", and "#/definitions/…" in each $ref',
  $id: 'belongs to draft-06, and API Gateway rejects it; leave it out, a model is identified by its name',
  const: 'belongs to draft-06; write "enum" with one value',
  contains: 'belongs to draft-06; check it in the integration',
  contentEncoding: 'belongs to draft-07; check it in the integration',
  contentMediaType: 'belongs to draft-07; check it in the integration',
  default: 'is not supported by API Gateway, which passes the body on unchanged; set it in the integration',
  dependentRequired: 'belongs to draft 2019-09, and API Gateway rejects it; write "dependencies"',
  dependentSchemas: 'belongs to draft 2019-09; write "dependencies"',
  deprecated: 'is not supported by API Gateway; mention it in "description"',
  discriminator: `${OPENAPI}; write "oneOf", each branch with an "enum" of one value for the property that distinguishes them`,
  else: 'belongs to draft-07; write "anyOf" with one branch for each case',
  example: 'is rejected by API Gateway; write it in "description"',
  examples: 'belongs to draft-06, and API Gateway rejects it; write them in "description"',
  externalDocs: `${OPENAPI}; write the link in "description"`,
  // Legal in draft-04, but it changes the base of every $ref below it.
  id: 'changes the base of references; leave it out, a model is identified by its name',
  if: 'belongs to draft-07; write "anyOf" with one branch for each case',
  maxContains: 'belongs to draft 2019-09; check it in the integration',
  minContains: 'belongs to draft 2019-09; check it in the integration',
  nullable: `${OPENAPI}: null would be rejected; leave out "type" if null is possible, or do not send the property`,
  optional: 'is not a keyword; write the names of required properties in the "required" list of the object',
  prefixItems: 'belongs to draft 2020-12; write a list in "items"',
  propertyNames: 'belongs to draft-06; write "patternProperties" with "additionalProperties": false',
  readOnly: `${OPENAPI}; write a separate schema for requests`,
  ref: 'is the CDK spelling; write "$ref"',
  schema: `is the CDK spelling; write "$schema": "${DRAFT_04}", or leave it out`,
  then: 'belongs to draft-07; write "anyOf" with one branch for each case',
  unevaluatedItems: 'belongs to draft 2019-09; write "additionalItems"',
  unevaluatedProperties: 'belongs to draft 2019-09; write "additionalProperties"',
  writeOnly: `${OPENAPI}; write a separate schema for responses`,
  xml: `${OPENAPI}; leave it out`,
};

const UNCHECKED = 'so requests that violate it may pass; check it in the integration as well';
const NOT_IN_OPENAPI = 'OpenAPI 3.0 has no such keyword, and an API is imported as OpenAPI';

/** Keywords of draft-04 that are documented, or known, to get lost on the way into API Gateway: the schema stays valid, but less is checked. */
export const LOST_KEYWORDS: Readonly<Record<string, string>> = {
  additionalItems: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
  dependencies: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
  exclusiveMaximum: `is the counterpart of exclusiveMinimum, which is documented as not supported, ${UNCHECKED}`,
  exclusiveMinimum: `is documented as not supported, ${UNCHECKED}`,
  maxItems: `is documented as left out of request validation after an import, ${UNCHECKED}`,
  minItems: `is documented as left out of request validation after an import, ${UNCHECKED}`,
  patternProperties: `${NOT_IN_OPENAPI}, ${UNCHECKED}`,
};

/** Formats of numbers that API Gateway documents as not supported. */
export const LOST_FORMATS: readonly string[] = ['int32', 'int64', 'decimal'];

/** Maximum size of a model, in bytes. */
export const MODEL_MAX_BYTES = 400 * 1024;
