/** `$context` variables that access logs may contain, by kind of API; written without `$context.`. */

const EVERYWHERE = [
  'accountId',
  'apiId',
  'authorizer.error',
  'authorizer.principalId',
  'awsEndpointRequestId',
  'domainName',
  'error.message',
  'error.messageString',
  'error.responseType',
  'extendedRequestId',
  'identity.accountId',
  'identity.caller',
  'identity.cognitoAuthenticationProvider',
  'identity.cognitoAuthenticationType',
  'identity.cognitoIdentityId',
  'identity.cognitoIdentityPoolId',
  'identity.principalOrgId',
  'identity.sourceIp',
  'identity.user',
  'identity.userAgent',
  'identity.userArn',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.requestId',
  'integration.status',
  'integrationLatency',
  'integrationStatus',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'stage',
  'status',
] as const;

const CLIENT_CERTIFICATE = [
  'identity.clientCert.clientCertPem',
  'identity.clientCert.issuerDN',
  'identity.clientCert.serialNumber',
  'identity.clientCert.subjectDN',
  'identity.clientCert.validity.notAfter',
  'identity.clientCert.validity.notBefore',
] as const;

const PHASES = [
  'authenticate.error',
  'authenticate.latency',
  'authenticate.status',
  'authorize.error',
  'authorize.latency',
  'authorize.status',
  'authorizer.integrationLatency',
  'authorizer.integrationStatus',
  'authorizer.latency',
  'authorizer.requestId',
  'authorizer.status',
  'error.validationErrorString',
  'identity.apiKey',
  'identity.apiKeyId',
  'waf.error',
  'waf.latency',
  'waf.status',
] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export const REST_LOG_VARIABLES: readonly string[] = [
  ...EVERYWHERE,
  ...CLIENT_CERTIFICATE,
  ...PHASES,
  'cipherSuite',
  'customDomain.basePathMatched',
  'customDomain.routingRuleIdMatched',
  'deploymentId',
  'domainPrefix',
  'endpointType',
  'httpMethod',
  'identity.vpcId',
  'identity.vpceId',
  'integrationErrorMessage',
  'isCanaryRequest',
  'path',
  'protocol',
  'requestOverride.path',
  'resourceId',
  'resourcePath',
  'responseLatency',
  'responseLength',
  'responseOverride.status',
  'tlsVersion',
  'wafResponseCode',
  'webaclArn',
  'xrayTraceId',
];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const HTTP_LOG_VARIABLES: readonly string[] = [
  ...EVERYWHERE,
  ...CLIENT_CERTIFICATE,
  'awsEndpointRequestId2',
  'customDomain.basePathMatched',
  'dataProcessed',
  'domainPrefix',
  'httpMethod',
  'integrationErrorMessage',
  'path',
  'protocol',
  'responseLatency',
  'responseLength',
  'routeKey',
];

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html */
export const WEBSOCKET_LOG_VARIABLES: readonly string[] = [
  ...EVERYWHERE,
  ...PHASES,
  'connectedAt',
  'connectionId',
  'disconnectReason',
  'disconnectStatusCode',
  'eventType',
  'messageId',
  'routeKey',
];

/** Prefixes followed by the user's own property names: claims, authorizer context, overrides. */
export const OPEN_LOG_PREFIXES: readonly string[] = [
  'authorizer.',
  'requestOverride.header.',
  'requestOverride.path.',
  'requestOverride.querystring.',
  'responseOverride.header.',
];

/** Variables whose value is itself a credential. */
export const SECRET_LOG_VARIABLES: readonly string[] = ['identity.apiKey'];

/** Names of authorizer properties that suggest a credential. */
export const SECRET_LOG_PROPERTY =
  /^authorizer\.(?:.*\.)?(?:access|id|refresh|bearer|auth)?[-_]?(?:token|authorization|password|secret|jwt)$/i;

/** Variables whose value contains quotes, so it cannot be in JSON: without a value it is a bare `-`. */
export const QUOTED_LOG_VARIABLES: readonly string[] = ['error.messageString'];

/** By kind of API. */
export const LOG_VARIABLES: Readonly<Record<'rest' | 'http' | 'websocket', readonly string[]>> = {
  rest: REST_LOG_VARIABLES,
  http: HTTP_LOG_VARIABLES,
  websocket: WEBSOCKET_LOG_VARIABLES,
};

/** A variable with its dots, e.g. `$context.identity.sourceIp`. */
export const CONTEXT_VARIABLE = /\$context\.([A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)/g;
