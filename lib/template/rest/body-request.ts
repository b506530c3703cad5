import { jsonText } from '../reader/json-text';
import { located } from '../reader/located';
import { type MethodResponse } from '../model/model';
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
): Record<string, Value<boolean>> {
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
  if (!known) {
    document.parameters.set(key, (known = readParameters(document, path, operation)));
  }
  return known;
}

function readParameters(document: OpenApiDocument, path: Node, operation: Node): Record<string, Value<boolean>> {
  const record: Record<string, Value<boolean>> = {};
  for (const parameter of parametersOf(document, path, operation)) {
    const name = parameter.get('name').string();
    const place = parameter.get('in').string();
    if (typeof name === 'string' && typeof place === 'string' && Object.hasOwn(PLACES, place)) {
      const isRequired = place === 'path' ? true : (parameter.get('required').bool() ?? false);
      put(record, `method.request.${PLACES[place]}.${name}`, isRequired);
    }
  }
  return record;
}

/** Content type → model name, from a request body (OpenAPI 3) or a body parameter (Swagger 2). */
export function requestModels(document: OpenApiDocument, path: Node, operation: Node): Texts {
  const record: Record<string, Text> = {};
  if (!document.isSwagger) {
    for (const content of document.follow(operation.get('requestBody')).get('content').entries()) {
      const schema = content.get('schema');
      if (!schema.isAbsent) {
        put(record, content.name, modelName(schema));
      }
    }
    return record;
  }
  const schema = parametersOf(document, path, operation)
    .filter((parameter) => parameter.get('in').string() === 'body')
    .map((parameter) => parameter.get('schema'))
    .find((node) => !node.isAbsent);
  if (schema) {
    const consumes = operation.get('consumes').isAbsent ? document.root.get('consumes') : operation.get('consumes');
    const types = consumes.strings();
    for (const type of types === UNKNOWN || types.length === 0 ? ['application/json'] : types) {
      put(record, type, modelName(schema));
    }
  }
  return record;
}

export function responses(document: OpenApiDocument, operation: Node): MethodResponse[] {
  return operation
    .get('responses')
    .entries()
    .map((response): MethodResponse => {
      const headers = document.follow(response).get('headers');
      return located<Omit<MethodResponse, 'location'>>(response, {
        statusCode: response.name,
        parameters:
          headers.isObject || headers.isAbsent
            ? headers.keys().map((header) => `method.response.header.${header}`)
            : UNKNOWN,
      });
    });
}

function parametersOf(document: OpenApiDocument, path: Node, operation: Node): Node[] {
  const own = path.get('parameters').knownItems();
  const all = [...own, ...operation.get('parameters').knownItems()];
  return all.map((parameter) => document.follow(parameter));
}

function modelName(schema: Node): Text {
  const pointer = schema.get('$ref').text();
  return pointer === undefined ? UNKNOWN_TEXT : (afterLast(pointer, '/') ?? pointer);
}
