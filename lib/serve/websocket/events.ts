import { type RequestContext } from '../context';
import { type JsonObject } from '../json';
import { lastValues, type MultiValues } from '../multi-values';

/** What events of functions and authorizers are made of. */
export interface EventSources {
  readonly headers: MultiValues;
  readonly query: MultiValues;
  /** Undefined if nothing was sent: a client connects, or is gone. */
  readonly body?: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly context: RequestContext;
}

/** The event of a proxied function. Only handshakes have headers and a query, and only messages have a body. */
export function proxyEvent({ headers, query, body, stageVariables, context }: EventSources): JsonObject {
  return {
    ...parametersOf(headers, query),
    ...(Object.keys(stageVariables).length === 0 ? {} : { stageVariables: { ...stageVariables } }),
    requestContext: context as JsonObject,
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}

/**
 * The event of the authorizer of `$connect`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
export function authorizerEvent(
  { headers, query, stageVariables, context }: EventSources,
  methodArn: string,
): JsonObject {
  const handshake = { ...headers, Connection: ['upgrade'], 'content-length': ['0'], Upgrade: ['websocket'] };
  return {
    type: 'REQUEST',
    methodArn,
    ...parametersOf(handshake, query),
    // Functions read parameters without looking whether there are any.
    ...(Object.keys(query).length === 0 ? { queryStringParameters: {}, multiValueQueryStringParameters: {} } : {}),
    stageVariables: { ...stageVariables },
    requestContext: context as JsonObject,
  };
}

function parametersOf(headers: MultiValues, query: MultiValues): JsonObject {
  return {
    ...(Object.keys(headers).length === 0 ? {} : { headers: lastValues(headers), multiValueHeaders: copied(headers) }),
    ...(Object.keys(query).length === 0
      ? {}
      : { queryStringParameters: lastValues(query), multiValueQueryStringParameters: copied(query) }),
  };
}

const copied = (values: MultiValues): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
