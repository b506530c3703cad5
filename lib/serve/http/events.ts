import { type JsonObject } from '../json';
import { identityOf } from '../signature';
import { lastValues, type MultiValues } from '../multi-values';
import { type HttpContext, userAgentOf } from './context';
import { type Identity, ofFormat1, ofFormat2 } from './identity';
import { cookiesOf, type HttpRequest, isText, joinedValues } from './request';

/** What events of functions and authorizers are made of. */
export interface EventSources {
  readonly request: HttpRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly context: HttpContext;
  /** `/pets/{id}`, or `$default`. */
  readonly resource: string;
  readonly identity?: Identity;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const proxyEvent = (sources: EventSources, format: string): JsonObject =>
  format === '1.0'
    ? { version: '1.0', ...parts1(sources), ...bodyOf(sources.request, true) }
    : { version: '2.0', ...parts2(sources), ...bodyOf(sources.request, false) };

function bodyOf({ body, mediaType }: HttpRequest, withNull: boolean): JsonObject {
  if (body.length === 0) return withNull ? { body: null, isBase64Encoded: false } : { isBase64Encoded: false };
  const isBase64Encoded = !isText(mediaType);
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function parts2({ request, pathParameters, stageVariables, context, identity }: EventSources): JsonObject {
  const { cookie, ...headers } = request.headers;
  const cookies = cookie ? cookiesOf(request.headers) : [];
  const authorizer = ofFormat2(identity);
  return {
    routeKey: context.routeKey,
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: joinedValues(headers),
    ...filled('queryStringParameters', joinedValues(request.query)),
    ...filled('pathParameters', pathParameters),
    ...filled('stageVariables', stageVariables),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(authorizer === undefined ? {} : { authorizer }),
      domainName: context.domainName,
      domainPrefix: context.domainPrefix,
      http: {
        method: request.method,
        path: request.rawPath,
        protocol: context.protocol,
        sourceIp: request.sourceIp,
        userAgent: userAgentOf(request),
      },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: context.stage,
      time: context.requestTime,
      timeEpoch: context.requestTimeEpoch,
    },
  };
}

const filled = (name: string, values: Readonly<Record<string, string>>): JsonObject =>
  Object.keys(values).length === 0 ? {} : { [name]: { ...values } };

/** Format 1.0 has the headers that the service sets in its own spelling. */
const SPELLING_1: Readonly<Record<string, string>> = {
  'content-length': 'Content-Length',
  host: 'Host',
  'user-agent': 'User-Agent',
  'x-amzn-trace-id': 'X-Amzn-Trace-Id',
  'x-forwarded-for': 'X-Forwarded-For',
  'x-forwarded-port': 'X-Forwarded-Port',
  'x-forwarded-proto': 'X-Forwarded-Proto',
};

function parts1(sources: EventSources): JsonObject {
  const { request, resource, pathParameters, stageVariables, context, identity } = sources;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, values]) => [SPELLING_1[name] ?? name, values]),
  );
  return {
    resource,
    path: request.fullPath,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: copied(headers),
    queryStringParameters: orNull(lastValues(request.query)),
    multiValueQueryStringParameters: orNull(copied(request.query)),
    pathParameters: orNull({ ...pathParameters }),
    stageVariables: orNull({ ...stageVariables }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      authorizer: ofFormat1(identity),
      domainName: context.domainName,
      domainPrefix: context.domainPrefix,
      extendedRequestId: context.requestId,
      httpMethod: request.method,
      identity: identity1(sources),
      path: request.fullPath,
      protocol: context.protocol,
      requestId: context.requestId,
      requestTime: context.requestTime,
      requestTimeEpoch: context.requestTimeEpoch,
      resourceId: null,
      resourcePath: resource,
      stage: context.stage,
    },
  };
}

const identity1 = ({ request, identity }: EventSources): JsonObject => ({
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAmr: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: request.sourceIp,
  user: null,
  userAgent: userAgentOf(request),
  userArn: null,
  ...(identity?.kind === 'iam' ? identityOf(identity) : {}),
});

const copied = (values: MultiValues): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));

const orNull = (values: JsonObject): JsonObject | null => (Object.keys(values).length === 0 ? null : values);

/**
 * The event of a Lambda authorizer.
 *
 * @param identitySource the values of its identity sources
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export function authorizerEvent(
  sources: EventSources,
  format: string,
  arn: string,
  identitySource: readonly string[],
): JsonObject {
  if (format !== '1.0') {
    return { version: '2.0', type: 'REQUEST', routeArn: arn, identitySource: [...identitySource], ...parts2(sources) };
  }
  const joined = identitySource.join(',');
  const { pathParameters, stageVariables, queryStringParameters, ...parts } = parts1(sources);
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: arn,
    identitySource: joined,
    authorizationToken: joined,
    ...parts,
    // Functions get null for what authorizers get empty.
    pathParameters: pathParameters ?? {},
    stageVariables: stageVariables ?? {},
    queryStringParameters: queryStringParameters ?? {},
  };
}
