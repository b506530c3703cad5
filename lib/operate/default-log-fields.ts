import { type GatewayKind } from '../facts/kinds';

/** The fields of the default access logs: name of the field → variable. */

/** Fields of every kind of API. */
const COMMON_FIELDS: Readonly<Record<string, string>> = {
  requestId: 'requestId',
  extendedRequestId: 'extendedRequestId',
  requestTimeEpoch: 'requestTimeEpoch',
  stage: 'stage',
  domainName: 'domainName',
  status: 'status',
  errorMessage: 'error.message',
  errorResponseType: 'error.responseType',
  integrationStatus: 'integration.integrationStatus',
  functionStatus: 'integration.status',
  integrationLatency: 'integration.latency',
  integrationRequestId: 'integration.requestId',
  integrationError: 'integration.error',
  authorizerError: 'authorizer.error',
  principalId: 'authorizer.principalId',
  sourceIp: 'identity.sourceIp',
  userAgent: 'identity.userAgent',
};

/** Fields of REST APIs, in addition to the common ones. */
const REST_FIELDS: Readonly<Record<string, string>> = {
  httpMethod: 'httpMethod',
  path: 'path',
  resourcePath: 'resourcePath',
  protocol: 'protocol',
  responseLatency: 'responseLatency',
  responseLength: 'responseLength',
  authorizerLatency: 'authorizer.latency',
  authorizerStatus: 'authorizer.status',
  apiKeyId: 'identity.apiKeyId',
  wafResponseCode: 'wafResponseCode',
  wafStatus: 'waf.status',
  xrayTraceId: 'xrayTraceId',
  tlsVersion: 'tlsVersion',
  cipherSuite: 'cipherSuite',
  isCanaryRequest: 'isCanaryRequest',
};

/** Fields of HTTP APIs, in addition to the common ones. */
const HTTP_FIELDS: Readonly<Record<string, string>> = {
  httpMethod: 'httpMethod',
  path: 'path',
  routeKey: 'routeKey',
  protocol: 'protocol',
  responseLatency: 'responseLatency',
  responseLength: 'responseLength',
  dataProcessed: 'dataProcessed',
};

/** Fields of WebSocket APIs, in addition to the common ones. */
const WEBSOCKET_FIELDS: Readonly<Record<string, string>> = {
  routeKey: 'routeKey',
  eventType: 'eventType',
  connectionId: 'connectionId',
  connectedAt: 'connectedAt',
  messageId: 'messageId',
  authorizerLatency: 'authorizer.latency',
  authorizerStatus: 'authorizer.status',
  apiKeyId: 'identity.apiKeyId',
};

export const DEFAULT_LOG_FIELDS: Readonly<Record<GatewayKind, Readonly<Record<string, string>>>> = {
  rest: { ...COMMON_FIELDS, ...REST_FIELDS },
  http: { ...COMMON_FIELDS, ...HTTP_FIELDS },
  websocket: { ...COMMON_FIELDS, ...WEBSOCKET_FIELDS },
};

const NAMES = new Map(
  Object.values(DEFAULT_LOG_FIELDS).flatMap((fields) =>
    Object.entries(fields).map(([name, variable]) => [variable, name] as const),
  ),
);

/** The field of a variable: `sourceIp` for `identity.sourceIp`, `identityVpcId` for `identity.vpcId`. */
export function fieldName(variable: string): string {
  return NAMES.get(variable) ?? variable.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
}
