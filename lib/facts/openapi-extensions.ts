/** What API Gateway reads of a document beyond OpenAPI; everything else is ignored without a word. */

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export const EXTENSIONS = (
  'any-method api-key-source auth authorizer authtype binary-media-types cors documentation endpoint-access-mode ' +
  'endpoint-configuration gateway-responses importexport-version integration integrations minimum-compression-size policy ' +
  'request-validator request-validators route-options security-policy tag-value'
)
  .split(' ')
  .map((name) => `x-amazon-apigateway-${name}`);

/**
 * The fields of an extension, by its name without the prefix.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html and its neighbours
 */
export const EXTENSION_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'x-amazon-apigateway-integration': (
    'cacheKeyParameters cacheNamespace connectionId connectionType contentHandling credentials httpMethod ' +
    'integrationSubtype integrationTarget passthroughBehavior payloadFormatVersion requestParameters requestTemplates ' +
    'responseParameters responseTransferMode responses timeoutInMillis tlsConfig type uri'
  ).split(' '),
  'x-amazon-apigateway-authorizer': (
    'authorizerCredentials authorizerPayloadFormatVersion authorizerResultTtlInSeconds authorizerUri enableSimpleResponses ' +
    'identitySource identityValidationExpression jwtConfiguration providerARNs type'
  ).split(' '),
  'x-amazon-apigateway-cors': 'allowCredentials allowHeaders allowMethods allowOrigins exposeHeaders maxAge'.split(' '),
  'x-amazon-apigateway-endpoint-configuration': 'disableExecuteApiEndpoint ipAddressType vpcEndpointIds'.split(' '),
};

/** Fields of the responses of an integration, of a gateway response, and of a validator. */
export const RESPONSE_FIELDS = ['contentHandling', 'responseParameters', 'responseTemplates', 'statusCode'];
export const GATEWAY_RESPONSE_FIELDS = ['responseParameters', 'responseTemplates', 'statusCode'];
export const VALIDATOR_FIELDS = ['validateRequestBody', 'validateRequestParameters'];
