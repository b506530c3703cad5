/** Character sets and lengths that API Gateway accepts for names; each with its source. */

/** HTTP methods of a REST or HTTP API route; `ANY` stands for all of them. */
export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html */
export const STAGE_NAME = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * The stage of an HTTP API whose URLs do not contain its name.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 */
export const DEFAULT_STAGE = '$default';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html#apigw-Type-Stage-variables */
export const STAGE_VARIABLE_NAME = /^[A-Za-z0-9_]{1,64}$/;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html#apigw-Type-Stage-variables */
export const STAGE_VARIABLE_VALUE = /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/;

/**
 * One literal segment of a resource path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const PATH_SEGMENT = /^[A-Za-z0-9._:$-]+$/;

/** The name inside `{}` or `{+}`. */
export const PATH_VARIABLE = /^[A-Za-z0-9._:$-]+$/;

/**
 * A parameter that a method of a REST API declares, wherever it is. The page has it without the colon; the service reports this
 * pattern when it rejects a name, and that names must be unique over path, query and headers.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html
 */
export const REST_PARAMETER_NAME = /^[a-zA-Z0-9:._$-]+$/;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html */
export const MODEL_NAME = /^[A-Za-z0-9]+$/;

/**
 * The name of a header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-field-names
 */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** `${stageVariables.name}` anywhere in a string. */
export const STAGE_VARIABLE_REFERENCE = /\$\{?stageVariables\.([A-Za-z0-9_]+)\}?/g;

/**
 * A path of a custom domain.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export const MAPPING_KEY = /^[A-Za-z0-9$\-_.+!*'()/]+$/;

/**
 * Header and value of a routing rule. `*` is only for values.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html#rest-api-routing-rules-restrictions
 */
export const ROUTING_HEADER = /^[A-Za-z0-9?\-!#$%&'.^_`|~]{1,39}$/;
export const ROUTING_HEADER_VALUE = /^[A-Za-z0-9*?\-!#$%&'.^_`|~]{1,127}$/;

/**
 * Headers that a routing rule cannot match.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html#rest-api-routing-rules-restrictions
 */
export const RESERVED_ROUTING_HEADERS =
  /^(access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|origin|proxy-(authenticate|authorization)|te|trailers|transfer-encoding|upgrade|x-amzn?-.*|x-apigw-api-id|x-forwarded-(for|host|proto)|x-restapi|via)$/i;

/**
 * Routes of a WebSocket API that are predefined.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export const WEBSOCKET_ROUTES = ['$connect', '$disconnect', '$default'] as const;

/**
 * The prefix of the name of the group of execution logs; the id of the API, `/` and the name of the stage follow. HTTP APIs
 * have none. No page of AWS has that of WebSocket APIs: this is what public templates declare for them.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const EXECUTION_LOG_PREFIXES = {
  rest: 'API-Gateway-Execution-Logs_',
  websocket: '/aws/apigateway/',
} as const;

/**
 * What the name of a log group of a stage ends in, to which API Gateway writes what it logs of canary requests.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export const CANARY_LOG_SUFFIX = '/Canary';
