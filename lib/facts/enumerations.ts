/** Values that the service accepts for a property, each list with its source. */

/**
 * Gigabytes of a stage's cache.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html#apigw-CreateStage-request-cacheClusterSize
 */
export const CACHE_CLUSTER_SIZES = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_EndpointConfiguration.html */
export const ENDPOINT_TYPES = ['EDGE', 'REGIONAL', 'PRIVATE'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_EndpointConfiguration.html */
export const IP_ADDRESS_TYPES = ['ipv4', 'dualstack'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html#apigw-CreateRestApi-request-apiKeySource */
export const API_KEY_SOURCES = ['HEADER', 'AUTHORIZER'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html#apigw-CreateRestApi-request-endpointAccessMode */
export const ENDPOINT_ACCESS_MODES = ['BASIC', 'STRICT'] as const;

/** The two versions have other names for the same. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-routing-mode.html */
export const ROUTING_MODES = [
  'BASE_PATH_MAPPING_ONLY',
  'ROUTING_RULE_ONLY',
  'ROUTING_RULE_THEN_BASE_PATH_MAPPING',
] as const;
export const V2_ROUTING_MODES = ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] as const;

/** Of a domain of HTTP and WebSocket APIs. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-domainname-domainnameconfiguration.html */
export const V2_SECURITY_POLICIES = ['TLS_1_0', 'TLS_1_2'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainnameaccessassociation.html */
export const ACCESS_ASSOCIATION_SOURCE_TYPES = ['VPCE'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html#apigw-PutMethod-request-authorizationType */
export const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html#apigw-CreateAuthorizer-request-type */
export const AUTHORIZER_TYPES = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-type */
export const INTEGRATION_TYPES = ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-connectionType */
export const CONNECTION_TYPES = ['INTERNET', 'VPC_LINK'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-contentHandling */
export const CONTENT_HANDLING = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-passthroughBehavior */
export const PASSTHROUGH_BEHAVIORS = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
export const RESPONSE_TRANSFER_MODES = ['BUFFERED', 'STREAM'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html#apigw-Type-MethodSetting-loggingLevel */
export const LOGGING_LEVELS = ['OFF', 'ERROR', 'INFO'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
export const QUOTA_PERIODS = ['DAY', 'WEEK', 'MONTH'] as const;

/**
 * Seconds for which an authorizer result is cached by default.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
export const DEFAULT_AUTHORIZER_TTL_SECONDS = 300;

/**
 * The required prefix of the name of a Firehose stream that receives access logs.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
export const FIREHOSE_NAME_PREFIX = 'amazon-apigateway-';

/**
 * Maximum size of a model's schema.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const MODEL_MAX_BYTES = 400 * 1024;

/**
 * Stages of an API and authorizers of an API; both can be raised.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const STAGES_PER_API = 10;
export const AUTHORIZERS_PER_API = 10;

/**
 * The legacy policies, and the enhanced ones, of which AWS adds new ones every year.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const SECURITY_POLICY = /^(TLS_1_0|TLS_1_2|SecurityPolicy_[A-Za-z0-9_]+)$/;

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlanKey.html */
export const USAGE_PLAN_KEY_TYPES = ['API_KEY'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const V2_PROTOCOLS = ['HTTP', 'WEBSOCKET'] as const;
export const V2_BASE_PATHS = ['ignore', 'prepend', 'split'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
export const HTTP_AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] as const;

/** Which of them a kind supports is checked by separate rules. */
export const V2_AUTHORIZER_TYPES = ['REQUEST', 'JWT'] as const;

/**
 * Payload formats of an integration; 2.0 is only for Lambda functions behind HTTP APIs.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html
 */
export const PAYLOAD_FORMATS = ['1.0', '2.0'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
export const HTTP_INTEGRATION_TYPES = ['AWS_PROXY', 'HTTP_PROXY'] as const;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html */
export const WEBSOCKET_API_KEY_SELECTIONS = [
  '$request.header.x-api-key',
  '$context.authorizer.usageIdentifierKey',
] as const;

/**
 * Seconds for which a browser may cache the response to a preflight of an HTTP API; -1 for none.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html
 */
export const CORS_MAX_AGE = { min: -1, max: 86_400 } as const;
