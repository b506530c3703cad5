import { jsonText } from '../reader/json-text';
import { located } from '../reader/located';
import { type MethodResponse } from '../model/model';
import { type Resolved } from '../model/resolved';
import { MethodResponseOf, UNKNOWN_METHOD_RESPONSE } from './method-response';
import { type Node } from '../reader/node';
import { type OpenApiDocument } from '../openapi/document';
import { afterLast, type Text, type Texts, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

const PLACES: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

/** `method.request.path.id` → required, from the parameters of the path and of the operation. */
export function requestParameters(
  document: OpenApiDocument,
  path: Node,
  operation: Node,
): Value<Record<string, Value<boolean>>> {
  const { written } = operation.get('parameters');
  const shared = path.get('parameters').written;
  if (written === undefined && shared === undefined) {
    return {};
  }
  // Most routes have the parameters of another one, which are read once.
  const key = jsonText(shared === undefined ? written : [written, shared]);
  if (key === undefined) {
    return readParameters(document, path, operation);
  }
  let known = document.parameters.get(key);
  if (known === undefined) {
    document.parameters.set(key, (known = readParameters(document, path, operation)));
  }
  return known;
}

function readParameters(document: OpenApiDocument, path: Node, operation: Node): Value<Record<string, Value<boolean>>> {
  const record: Record<string, Value<boolean>> = {};
  const parameters = parametersOf(document, path, operation);
  for (const parameter of parameters === UNKNOWN ? [] : parameters) {
    const name = parameter.get('name').string();
    const place = parameter.get('in').string();
    if (name === UNKNOWN || place === UNKNOWN) return UNKNOWN;
    if (typeof name === 'string' && typeof place === 'string' && Object.hasOwn(PLACES, place)) {
      const isRequired = place === 'path' ? true : (parameter.get('required').bool() ?? false);
      put(record, `method.request.${PLACES[place]}.${name}`, isRequired);
    }
  }
  return parameters === UNKNOWN ? UNKNOWN : record;
}

/** Content type → model name, from a request body (OpenAPI 3) or a body parameter (Swagger 2). */
export function requestModels(document: OpenApiDocument, path: Node, operation: Node): Value<Texts> {
  const schemas = requestSchemas(document, path, operation);
  return schemas === UNKNOWN ? UNKNOWN : modelNames(schemas);
}

/** The schemas of a request that name no model. */
export function inlineSchemas(document: OpenApiDocument, path: Node, operation: Node): Record<string, Resolved> {
  const record: Record<string, Resolved> = {};
  const schemas = requestSchemas(document, path, operation);
  for (const [type, schema] of schemas === UNKNOWN ? [] : schemas) {
    const { resolved } = schema;
    if (schema.isObject && schema.get('$ref').isAbsent && resolved !== undefined) put(record, type, resolved);
  }
  return record;
}

type SchemasByType = readonly (readonly [type: string, schema: Node])[];

function requestSchemas(document: OpenApiDocument, path: Node, operation: Node): Value<SchemasByType> {
  if (!document.isSwagger) return contentSchemas(document.follow(operation.get('requestBody')));
  const parameters = parametersOf(document, path, operation);
  if (parameters === UNKNOWN) return UNKNOWN;
  const places = parameters.map((parameter) => parameter.get('in').string());
  if (places.includes(UNKNOWN)) return UNKNOWN;
  const schema = parameters
    .filter((_parameter, index) => places[index] === 'body')
    .map((parameter) => parameter.get('schema'))
    .find((node) => !node.isAbsent);
  return schema ? ofTypes('consumes', schema, document, operation) : [];
}

/** Of a body of OpenAPI 3. */
function contentSchemas(body: Node): Value<SchemasByType> {
  const contents = body.get('content');
  if (!contents.isTold) return UNKNOWN;
  return contents
    .entries()
    .map((content) => [content.name, content.get('schema')] as const)
    .filter(([, schema]) => !schema.isAbsent);
}

/** The schema of Swagger 2 for each content type of the operation. */
function ofTypes(key: string, schema: Node, document: OpenApiDocument, operation: Node): SchemasByType {
  const written = operation.get(key).isAbsent ? document.root.get(key) : operation.get(key);
  const types = written.strings();
  return (types === UNKNOWN || types.length === 0 ? ['application/json'] : types).map(
    (type) => [type, schema] as const,
  );
}

function modelNames(schemas: SchemasByType): Texts {
  const record: Record<string, Text> = {};
  for (const [type, schema] of schemas) put(record, type, modelName(schema));
  return record;
}

export function responses(document: OpenApiDocument, operation: Node): MethodResponse[] {
  const all = operation.get('responses');
  if (!all.isTold) return [located(all, UNKNOWN_METHOD_RESPONSE)];
  return all.entries().map((entry): MethodResponse => {
    const response = document.follow(entry);
    const headers = response.get('headers');
    const names =
      headers.isObject || headers.isAbsent
        ? headers.keys().map((header) => `method.response.header.${header}`)
        : UNKNOWN;
    return new MethodResponseOf(entry, entry.name, names, () => responseModels(document, operation, response));
  });
}

function responseModels(document: OpenApiDocument, operation: Node, response: Node): Value<Texts> {
  const schema = response.get('schema');
  const schemas = !document.isSwagger
    ? contentSchemas(response)
    : schema.isAbsent
      ? []
      : ofTypes('produces', schema, document, operation);
  return schemas === UNKNOWN ? UNKNOWN : modelNames(schemas);
}

function parametersOf(document: OpenApiDocument, path: Node, operation: Node): Value<Node[]> {
  const shared = path.get('parameters').items();
  const own = operation.get('parameters').items();
  return shared === UNKNOWN || own === UNKNOWN
    ? UNKNOWN
    : [...shared, ...own].map((parameter) => document.follow(parameter));
}

function modelName(schema: Node): Text {
  const pointer = schema.get('$ref').text();
  return pointer === undefined ? UNKNOWN_TEXT : (afterLast(pointer, '/') ?? pointer);
}
