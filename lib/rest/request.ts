import { type JsonSchema } from '../json-schema/json-schema';
import { type RequestParameter } from '../integrations/request-value';

export { type RequestParameter } from '../integrations/request-value';

/**
 * How API Gateway checks a request before it goes to the integration; what does not pass is answered 400.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 *
 * @example
 * const request: RestRequestOptions = {
 *   body: JsonSchema.fromObject({ type: 'object', required: ['sku'] }),
 *   query: { page: false, customer: true },
 * };
 */
export interface RestRequestOptions {
  /**
   * JSON Schema of the body.
   *
   * @default - the body is not checked
   */
  readonly body?: JsonSchema;

  /**
   * Content type of the body that the schema is for. A body of another type is not checked by API Gateway.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;

  /**
   * Query parameters: name → whether a request must have it. A proxy integration gives its back-end those that are not
   * declared too. `{}` says that the back-end reads none, so that a cached route needs none in its key.
   *
   * @default - none declared
   */
  readonly query?: { [name: string]: boolean };

  /**
   * Headers: name → whether a request must have it.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: boolean };
}

/** `RestRequestOptions` of a route, with its path variables. */
export interface RequestDefinition {
  readonly body?: JsonSchema;
  readonly contentType: string;
  /** The user has said that the back-end reads nothing of the query. */
  readonly readsNoQuery: boolean;
  /** Path variables first, then query, then headers, each by name. */
  readonly parameters: readonly RequestParameter[];
  /** The shared validator that fits; none where there is nothing to check. */
  readonly validator?: ValidatorName;
}

/** The validators that all routes share; an API takes 20. */
export const VALIDATORS = {
  body: { validateRequestBody: true, validateRequestParameters: false },
  'body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
  parameters: { validateRequestBody: false, validateRequestParameters: true },
} as const;

export type ValidatorName = keyof typeof VALIDATORS;

/** What is declared for validation; names are checked when the whole of the method is there. */
export function defineRequest(options: RestRequestOptions, pathVariables: readonly string[]): RequestDefinition {
  const parameters: RequestParameter[] = [
    ...[...pathVariables].sort().map((name) => ({ in: 'path' as const, name, required: true })),
    ...named('query', options.query),
    ...named('header', options.headers),
  ];
  const checksParameters = parameters.some((parameter) => parameter.required);
  const validator = options.body
    ? checksParameters
      ? 'body-and-parameters'
      : 'body'
    : checksParameters
      ? 'parameters'
      : undefined;
  return {
    body: options.body,
    contentType: options.contentType ?? 'application/json',
    readsNoQuery: options.query !== undefined && Object.keys(options.query).length === 0,
    parameters,
    validator,
  };
}

function named(place: 'query' | 'header', names: Readonly<Record<string, boolean>> = {}): RequestParameter[] {
  return Object.keys(names)
    .sort()
    .map((name) => ({ in: place, name, required: names[name] }));
}

/** The request with what an integration reads of it; what the user has declared stays as it is, spelled as mappings spell it. */
export function withParameters(request: RequestDefinition, read: readonly RequestParameter[]): RequestDefinition {
  if (read.length === 0) return request;
  const same = (a: RequestParameter) => (b: RequestParameter) =>
    a.in === b.in && (a.in === 'header' ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name);
  const known = request.parameters.map((one) => {
    const mapped = read.find(same(one));
    return mapped ? { ...one, name: mapped.name, mapped: true } : one;
  });
  return { ...request, parameters: [...known, ...read.filter((one) => !known.some(same(one)))] };
}

/** `method.request.querystring.x`: how mappings name it. */
export function sourceOf({ in: place, name }: RequestParameter): string {
  return `method.request.${place === 'query' ? 'querystring' : place}.${name}`;
}

/** What is read by a mapping of the name; nothing where it is not of path, query or headers. */
export function parameterOf(source: string): RequestParameter | undefined {
  const [, place, name] =
    /^method\.request\.(path|(?:multivalue)?querystring|(?:multivalue)?header)\.(.+)$/.exec(source) ?? [];
  if (place === undefined) return undefined;
  const where = place === 'path' ? 'path' : place.endsWith('header') ? 'header' : 'query';
  return { in: where, name, required: where === 'path', mapped: true };
}
