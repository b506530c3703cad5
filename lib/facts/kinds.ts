/** The three kinds of API. */
export type GatewayKind = 'rest' | 'http' | 'websocket';

/** The names of a kind. */
export interface Kind {
  /** As in "REST API". */
  readonly name: 'REST' | 'HTTP' | 'WebSocket';
  /** With its article: "a REST API". */
  readonly api: string;
  /** The class of its gateways. */
  readonly gateway: string;
  readonly integration: string;
  readonly authorizer: string;
}

export const KINDS: Readonly<Record<GatewayKind, Kind>> = {
  rest: kind('REST', 'a REST API', 'Rest'),
  http: kind('HTTP', 'an HTTP API', 'Http'),
  websocket: kind('WebSocket', 'a WebSocket API', 'WebSocket'),
};

function kind(name: Kind['name'], api: string, prefix: string): Kind {
  return {
    name,
    api,
    gateway: `${prefix}Gateway`,
    integration: `${prefix}Integration`,
    authorizer: `${prefix}Authorizer`,
  };
}

/** Whether a kind has a capability: yes, no, or a description. */
export type Support = boolean | string;

/** One capability over the three kinds. */
export interface Capability {
  readonly what: string;
  readonly rest: Support;
  readonly http: Support;
  readonly webSocket: Support;
  /** The alternative for a kind without it. */
  readonly instead?: string;
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-overview.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html (mutual TLS)
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html (client certificates)
 * @see https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/websocket-api.html (private integrations)
 */
export const CAPABILITIES: readonly Capability[] = [
  { what: 'Regional endpoint', rest: true, http: true, webSocket: true },
  {
    what: 'Edge-optimized endpoint',
    rest: true,
    http: false,
    webSocket: false,
    instead: 'a CloudFront distribution in front of the API',
  },
  { what: 'Private endpoint, inside a VPC', rest: true, http: false, webSocket: false, instead: 'the REST gateway' },
  {
    what: 'Resource policy',
    rest: true,
    http: false,
    webSocket: false,
    instead: 'IAM or a Lambda authorizer that looks at the source address',
  },
  {
    what: 'AWS WAF',
    rest: true,
    http: false,
    webSocket: false,
    instead: 'a CloudFront distribution with a web ACL, and the default endpoint switched off',
  },
  {
    what: 'Mutual TLS on a custom domain',
    rest: true,
    http: true,
    webSocket: false,
    instead: 'a Lambda authorizer on `$connect`',
  },
  { what: 'IAM authorizer', rest: true, http: true, webSocket: '`$connect` only' },
  { what: 'Lambda authorizer', rest: true, http: 'request only', webSocket: '`$connect` only' },
  {
    what: 'JWT authorizer',
    rest: '`RestAuthorizer.jwt`, a bundled function',
    http: 'native',
    webSocket: '`WebSocketAuthorizer.jwt`, a bundled function',
  },
  { what: 'Amazon Cognito authorizer', rest: 'native', http: 'as a JWT issuer', webSocket: 'as a JWT issuer' },
  { what: 'API keys and usage plans', rest: true, http: false, webSocket: true, instead: 'the REST gateway' },
  {
    what: 'Request validation',
    rest: true,
    http: false,
    webSocket: true,
    instead: 'the REST gateway, or the back end',
  },
  { what: 'Response cache', rest: true, http: false, webSocket: false, instead: 'a CloudFront distribution' },
  {
    what: 'Templates for bodies (VTL)',
    rest: true,
    http: false,
    webSocket: true,
    instead: 'the REST gateway; HTTP APIs map parameters only',
  },
  { what: 'Mock integration', rest: true, http: false, webSocket: true, instead: 'a Lambda function' },
  { what: 'AWS services without Lambda', rest: 'any action', http: 'ten actions', webSocket: 'any action' },
  {
    what: 'Private integration',
    rest: 'load balancers',
    http: 'load balancers and Cloud Map',
    webSocket: 'Network Load Balancers',
  },
  { what: 'CORS', rest: '`cors`, by templates', http: 'native', webSocket: 'not needed: browsers send no preflight' },
  { what: 'Custom error responses', rest: true, http: false, webSocket: false, instead: 'the REST gateway' },
  { what: 'Response streaming', rest: true, http: false, webSocket: 'messages', instead: 'the REST gateway' },
  {
    what: 'Compression',
    rest: true,
    http: false,
    webSocket: false,
    instead: 'a CloudFront distribution, or the back end',
  },
  { what: 'Integration timeout', rest: '29 s, more by quota', http: '30 s', webSocket: '29 s' },
  { what: 'Catch-all `$default` route', rest: '`ANY /{proxy+}`', http: true, webSocket: true },
  { what: 'Automatic deployment', rest: 'by every `cdk deploy`', http: true, webSocket: true },
  {
    what: 'Canary of a stage',
    rest: true,
    http: false,
    webSocket: false,
    instead: '`LambdaCanary`, which shifts the alias of a function',
  },
  { what: 'Canary of a function', rest: true, http: true, webSocket: true },
  { what: 'Client certificate for back ends', rest: true, http: false, webSocket: true, instead: 'the REST gateway' },
  { what: 'Access log', rest: 'CloudWatch Logs or Firehose', http: 'CloudWatch Logs', webSocket: 'CloudWatch Logs' },
  {
    what: 'Execution log',
    rest: true,
    http: false,
    webSocket: true,
    instead: 'the fields for errors of the access log',
  },
  { what: 'AWS X-Ray', rest: true, http: false, webSocket: false, instead: 'tracing of the functions behind the API' },
  { what: 'OpenAPI import', rest: true, http: true, webSocket: false },
];

/**
 * List prices of requests in us-east-1 in US dollars per million, in the first tier.
 * @see https://aws.amazon.com/api-gateway/pricing/
 */
export const PRICE_PER_MILLION = { rest: 3.5, http: 1, webSocket: 1 } as const;

/** The same for connection minutes, per million. */
export const PRICE_PER_MILLION_CONNECTION_MINUTES = 0.25;

/** Bytes that are metered as one: of a request to an HTTP API, and of a message of a WebSocket API. */
export const METERED_BYTES = { http: 512 * 1024, webSocket: 32 * 1024 } as const;

/**
 * Actions of AWS services that an HTTP API calls without Lambda.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export const HTTP_SERVICE_ACTIONS: readonly string[] = [
  'EventBridge-PutEvents',
  'SQS-SendMessage',
  'SQS-ReceiveMessage',
  'SQS-DeleteMessage',
  'SQS-PurgeQueue',
  'AppConfig-GetConfiguration',
  'Kinesis-PutRecord',
  'StepFunctions-StartExecution',
  'StepFunctions-StartSyncExecution',
  'StepFunctions-StopExecution',
];
