/**
 * Quotas of API Gateway, as numbers.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */

/** Resources of a REST API, and routes of an HTTP or WebSocket API; can be raised. */
export const RESOURCES_PER_API = 300;

/** Stage variables of one stage. */
export const STAGE_VARIABLES_PER_STAGE = 100;

/** Integration timeout in milliseconds; the upper bound can be raised only for Regional and private REST APIs. */
export const INTEGRATION_TIMEOUT_MIN_MS = 50;
export const INTEGRATION_TIMEOUT_MAX_MS = 29_000;

/** Upper bound of the integration timeout when the response is streamed. */
export const STREAMING_TIMEOUT_MAX_MS = 15 * 60_000;

/** Maximum seconds for which a response or an authorizer result is cached. */
export const CACHE_TTL_MAX_SECONDS = 3600;

/** Upper bound of the setting for the bytes above which a payload is compressed; the lower bound is 0. */
export const COMPRESSION_SIZE_MAX_BYTES = 10_485_760;

/** Bytes of a Body beyond which a CloudFormation template, of 1,000,000 at most, has no room for anything else. */
export const BODY_MAX_BYTES = 800_000;

/** Maximum bytes of one mapping template, of REST and WebSocket APIs; cannot be raised. */
export const MAPPING_TEMPLATE_MAX_BYTES = 300 * 1024;

/** Throttles of single methods in a usage plan, for each stage. */
export const METHOD_THROTTLES_PER_PLAN_STAGE = 20;

/** Characters of a resource policy; can be raised. */
export const RESOURCE_POLICY_MAX_CHARACTERS = 8192;

/**
 * Subnets of one VPC link V2; can be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const SUBNETS_PER_VPC_LINK = 10;

/** Requests per second that all APIs of an account and Region share; can be raised. */
export const ACCOUNT_RATE_LIMIT = 10_000;

/** Seconds that a Lambda function may run by default. */
export const LAMBDA_DEFAULT_TIMEOUT_SECONDS = 3;

/** Maximum bytes of an imported OpenAPI definition. */
export const DEFINITION_MAX_BYTES = 6 * 1024 * 1024;

/**
 * Maximum bytes of an event with which a function is invoked asynchronously, as CloudFormation does for a custom resource.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const LAMBDA_EVENT_MAX_BYTES = 1_000_000;

/** Days after which a client certificate that API Gateway created expires. */
export const CLIENT_CERTIFICATE_DAYS = 365;

/**
 * Of an HTTP API: maximum milliseconds of an integration, and other quotas that cannot be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const HTTP_INTEGRATION_TIMEOUT_MAX_MS = 30_000;
export const INTEGRATIONS_PER_HTTP_API = 300;

/**
 * A trust store of mutual TLS; cannot be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const TRUST_STORE_CERTIFICATES_MAX = 1000;
export const TRUST_STORE_MAX_BYTES = 1_048_576;

/**
 * Bits of an RSA key of its certificates.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export const TRUST_STORE_RSA_MIN_BITS = 2048;

/**
 * Paths of a custom domain.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export const MAPPING_KEY_MAX_CHARACTERS = 300;
/** Paths with one level are not limited; cannot be raised. */
export const MULTI_LEVEL_MAPPINGS_PER_DOMAIN = 200;

/**
 * Routing rules of a custom domain: up to two headers and one base path each.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html
 */
export const ROUTING_RULE_PRIORITY_MAX = 1_000_000;
export const HEADERS_PER_ROUTING_RULE = 2;
export const BASE_PATHS_PER_ROUTING_RULE = 1;
export const ROUTING_BASE_PATH_MAX_CHARACTERS = 127;
/** Of a header's value with `*` at both ends. */
export const ROUTING_INFIX_MAX_CHARACTERS = 39;

/**
 * Routing rules of one domain; can be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const ROUTING_RULES_PER_DOMAIN = 50;

/**
 * Scopes of one route, and audiences of one JWT authorizer, of an HTTP API; neither can be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const SCOPES_PER_ROUTE = 10;
export const AUDIENCES_PER_AUTHORIZER = 50;

/**
 * Bytes of the access log format of an API of any kind; cannot be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const LOG_FORMAT_MAX_BYTES = 3 * 1024;

/**
 * The size of the ledger of a stage's canary: an advanced parameter has 8 KB, and 2 KB are for the state of the
 * releases.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
export const CANARY_CONFIG_MAX_BYTES = 6144;

/**
 * The last day on which a period of a quota may start, counted from 0. The pages only say what an offset is, and
 * one of them contradicts; the ranges are those of the responses of API Gateway.
 * @see https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-client-api-gateway/Interface/QuotaSettings/
 */
export const QUOTA_OFFSETS: Readonly<Record<string, { readonly last: number; readonly days: string }>> = {
  DAY: { last: 0, days: 'a day starts at midnight UTC' },
  WEEK: { last: 6, days: '0 is Sunday' },
  MONTH: { last: 27, days: '0 is the first of the month' },
};
