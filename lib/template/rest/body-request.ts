import { jsonText } from '../reader/json-text';
import { located } from '../reader/located';
import { type MethodResponse } from '../model/model';
import { type Node } from '../reader/node';
import { type OpenApiDocument } from '../openapi/document';
import { afterLast, type Text, type Texts, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

/** One of which nothing is known, if the declared ones are unknown. */
export const UNKNOWN_METHOD_RESPONSE: Omit<MethodResponse, 'location'> = {
  statusCode: UNKNOWN,
  parameters: UNKNOWN,
  modelTypes: [],
};

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
  const record: Record<string, Text> = {};
  if (!document.isSwagger) {
    const contents = document.follow(operation.get('requestBody')).get('content');
    if (!contents.isTold) return UNKNOWN;
    for (const content of contents.entries()) {
      const schema = content.get('schema');
      if (!schema.isAbsent) {
        put(record, content.name, modelName(schema));
      }
    }
    return record;
  }
  const parameters = parametersOf(document, path, operation);
  if (parameters === UNKNOWN) return UNKNOWN;
  const places = parameters.map((parameter) => parameter.get('in').string());
  if (places.includes(UNKNOWN)) return UNKNOWN;
  const schema = parameters
    .filter((_parameter, index) => places[index] === 'body')
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
  const all = operation.get('responses');
  if (!all.isTold) return [located(all, UNKNOWN_METHOD_RESPONSE)];
  return all.entries().map((response): MethodResponse => {
    const headers = document.follow(response).get('headers');
    return located<Omit<MethodResponse, 'location'>>(response, {
      statusCode: response.name,
      parameters:
        headers.isObject || headers.isAbsent
          ? headers.keys().map((header) => `method.response.header.${header}`)
          : UNKNOWN,
      // Other rules look at the content of a document.
      modelTypes: [],
    });
  });
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
