import { type JsonObject } from '../json';
import { lastValues, mapped, type MultiValues } from '../multi-values';
import { type RequestContext } from '../context';
import { type RestRequest } from './request';

/** What events of functions and authorizers are made of. */
export interface EventSources {
  readonly request: RestRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly context: RequestContext;
}

/**
 * The event of a proxied function.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(sources: EventSources, resource: string, isBinary: boolean): JsonObject {
  const { request, stageVariables, context } = sources;
  const { buffer, byteOffset, length } = request.body;
  const isBase64Encoded = isBinary && length > 0;
  return {
    resource,
    path: request.eventPath,
    httpMethod: request.method,
    ...parametersOf(sources),
    stageVariables: orNull(stageVariables),
    requestContext: inEvents(context),
    body: length === 0 ? null : Buffer.from(buffer, byteOffset, length).toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

/** The event of a REQUEST authorizer. */
export function authorizerEvent(sources: EventSources, resource: string, methodArn: string): JsonObject {
  const { request, context } = sources;
  return {
    type: 'REQUEST',
    methodArn,
    resource,
    path: request.eventPath,
    httpMethod: request.method,
    ...filled(parametersOf(sources)),
    stageVariables: { ...sources.stageVariables },
    requestContext: inEvents(context),
  };
}

/** The custom domain is only in the context of logs and templates. */
const inEvents = ({ customDomain: _, ...context }: RequestContext): JsonObject => context as JsonObject;

/** Authorizers get empty maps where functions get null. */
const filled = (parameters: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value ?? {}]));

function parametersOf({ request, pathParameters }: EventSources): JsonObject {
  const { headers, query } = request;
  return {
    headers: orNull(lastValues(headers)),
    multiValueHeaders: orNull(copied(headers)),
    queryStringParameters: orNull(lastValues(query)),
    multiValueQueryStringParameters: orNull(copied(query)),
    pathParameters: orNull(pathParameters),
  };
}

const copied = (values: MultiValues): JsonObject => mapped(values, (all) => [...all]);

const orNull = (values: JsonObject): JsonObject | null => (Object.keys(values).length === 0 ? null : values);
