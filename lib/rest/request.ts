import { type JsonSchema } from '../json-schema/json-schema';
import { type RequestParameter } from '../integrations/request-value';

export { type RequestParameter } from '../integrations/request-value';

/**
 * How API Gateway checks a request before it goes to the integration; an invalid request gets a 400 response.
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
   * Content type of the body that the schema is for. API Gateway does not check a body of another type.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;

  /**
   * Query parameters: name → whether a request must have it. A proxy integration also passes undeclared parameters to its back
   * end. `{}` states that the back end reads none, so a cached route needs none in its key.
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
  /** The user stated that the back end does not read the query. */
  readonly readsNoQuery: boolean;
  /** Path variables first, then query, then headers, each by name. */
  readonly parameters: readonly RequestParameter[];
  /** The matching shared validator; none if there is nothing to check. */
  readonly validator?: ValidatorName;
}

/** The validators that all routes share; an API can have 20. */
export const VALIDATORS = {
  body: { validateRequestBody: true, validateRequestParameters: false },
  'body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
  parameters: { validateRequestBody: false, validateRequestParameters: true },
} as const;

export type ValidatorName = keyof typeof VALIDATORS;

/** What is declared for validation; names are checked once the whole method is known. */
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

/** The request with the parameters that an integration reads; those that the user declared are kept, spelled as in mappings. */
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

/** The parameter that a mapping of this name reads; undefined unless it is in path, query or headers. */
export function parameterOf(source: string): RequestParameter | undefined {
  const [, place, name] =
    /^method\.request\.(path|(?:multivalue)?querystring|(?:multivalue)?header)\.(.+)$/.exec(source) ?? [];
  if (place === undefined) return undefined;
  const where = place === 'path' ? 'path' : place.endsWith('header') ? 'header' : 'query';
  return { in: where, name, required: where === 'path', mapped: true };
}
