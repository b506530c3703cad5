/** What parameter mappings are made of, by kind of API; each with its source. */

/** A part of a request or response that a mapping changes, and what it takes for it. */
export interface MappingSyntax {
  readonly key: RegExp;
  /** For messages. */
  readonly keys: string;
  readonly value: RegExp;
  readonly values: string;
}

const STATIC = String.raw`'[^]*'`;
const VARIABLES = String.raw`stageVariables\.\w+|context\.[\w.$-]+`;
const whole = (...alternatives: string[]): RegExp => new RegExp(`^(?:${alternatives.join('|')})$`);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html */
const METHOD_REQUEST = String.raw`method\.request\.(?:(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[^]+|body(?:\.[^]+)?)`;

export const REST_REQUEST_MAPPING: MappingSyntax = {
  key: /^integration\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[^]+$/,
  keys: 'integration.request.header.X, .querystring.x or .path.x',
  value: whole(STATIC, METHOD_REQUEST, VARIABLES),
  values:
    "method.request.header.X, .querystring.x, .path.x or .body, context.x, stageVariables.x, or a text in single quotes, e.g. 'a'",
};

export const REST_RESPONSE_MAPPING: MappingSyntax = {
  key: /^method\.response\.header\.[^]+$/,
  keys: 'method.response.header.X',
  value: whole(
    STATIC,
    // The reference has none of the request, but no source says that they are refused.
    METHOD_REQUEST,
    String.raw`integration\.response\.(?:(?:header|multivalueheader)\.[^]+|body(?:\.[^]+)?)`,
    VARIABLES,
  ),
  values: "integration.response.header.X or .body, context.x, stageVariables.x, or a text in single quotes, e.g. 'a'",
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html */
export const GATEWAY_RESPONSE_MAPPING: MappingSyntax = {
  key: /^gatewayresponse\.(?:header|path|querystring)\.[^]+$/,
  keys: 'gatewayresponse.header.X',
  value: whole(STATIC, METHOD_REQUEST, VARIABLES),
  values:
    "method.request.header.X, .querystring.x or .path.x, context.x, stageVariables.x, or a text in single quotes, e.g. 'a'",
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html */
export const WEBSOCKET_MAPPING: MappingSyntax = {
  key: REST_REQUEST_MAPPING.key,
  keys: REST_REQUEST_MAPPING.keys,
  value: whole(STATIC, METHOD_REQUEST.replace('method', 'route'), VARIABLES),
  values:
    "route.request.header.X, .querystring.x or .body.x, context.x, stageVariables.x, or a text in single quotes, e.g. 'a'",
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
export const HTTP_REQUEST_KEY = /^(?:(?:append|overwrite|remove):(?:header|querystring)\.[^]+|overwrite:path)$/;
export const HTTP_RESPONSE_KEY = /^(?:(?:append|overwrite|remove):header\.[^]+|overwrite:statuscode)$/;

/** The expressions in a value of an HTTP API, with and without braces, and what they must be. */
export const HTTP_EXPRESSION = /\$\{?\s?(request|response)\b([.\w$-]*)/g;
export const HTTP_REQUEST_SOURCE = /^(?:\.(?:header|querystring)\.[^]+|\.(?:path|body)(?:\.[^]+)?)$/;
export const HTTP_RESPONSE_SOURCE = /^(?:\.header\.[^]+|\.body(?:\.[^]+)?)$/;

/** What other kinds of API write for a part of the request; in an HTTP API it is a text as any other. */
export const OTHER_EXPRESSION =
  /^(?:method\.request|route\.request|integration\.(?:request|response)|request\.(?:header|querystring|path|body)|context\.[a-z]|stageVariables\.\w)/;

/** A parameter that a method declares for its request or response. @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
export const METHOD_REQUEST_PARAMETER =
  /^method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[^]+$/;
export const METHOD_RESPONSE_PARAMETER = /^method\.response\.(?:header|multivalueheader)\.[^]+$/;
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
export const ROUTE_REQUEST_PARAMETER =
  /^route\.request\.(?:querystring|header|multivaluequerystring|multivalueheader)\.[^]+$/;
