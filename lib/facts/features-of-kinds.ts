/**
 * Properties of `AWS::ApiGatewayV2` resources that one protocol supports; what separate rules report is not among them.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html
 */
export const HTTP_ONLY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Api: ['BasePath', 'Body', 'BodyS3Location', 'CredentialsArn', 'RouteKey', 'Target'],
  Authorizer: ['AuthorizerPayloadFormatVersion', 'EnableSimpleResponses'],
  Integration: ['IntegrationSubtype', 'ResponseParameters', 'TlsConfig'],
};

/** The same for WebSocket APIs. */
export const WEBSOCKET_ONLY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Api: ['ApiKeySelectionExpression', 'DisableSchemaValidation'],
  Integration: ['ContentHandlingStrategy', 'PassthroughBehavior', 'RequestTemplates', 'TemplateSelectionExpression'],
  Route: ['ModelSelectionExpression', 'RequestModels', 'RequestParameters', 'RouteResponseSelectionExpression'],
};

/** Resources that only WebSocket APIs have. */
export const WEBSOCKET_ONLY_RESOURCES: readonly string[] = ['IntegrationResponse', 'Model', 'RouteResponse'];

/**
 * Properties of REST integrations that `AWS::ApiGatewayV2::Integration` does not have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
 */
export const REST_ONLY_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Integration: ['ResponseTransferMode', 'IntegrationTarget'],
};

/** Properties that the V2 resource has, but that only REST APIs use. */
export const REST_USED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  Authorizer: ['IdentityValidationExpression'],
};

/**
 * Keys of `x-amazon-apigateway-integration` that an HTTP API does not have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export const REST_ONLY_INTEGRATION_KEYS = [
  'cacheKeyParameters',
  'cacheNamespace',
  'contentHandling',
  'integrationTarget',
  'passthroughBehavior',
  'requestTemplates',
  'responses',
  'responseTransferMode',
] as const;

/** Keys of it that a REST API does not have; the other is format 2.0, since 1.0 is what a REST API sends anyway. */
export const HTTP_ONLY_INTEGRATION_KEYS = ['integrationSubtype'] as const;
export const HTTP_ONLY_FORMATS: readonly unknown[] = ['2.0', '2'];

/**
 * Extensions at the root of a document that HTTP APIs do not have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export const REST_ONLY_EXTENSIONS = [
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-binary-media-types',
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-minimum-compression-size',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-request-validator',
  'x-amazon-apigateway-request-validators',
] as const;

/** Extensions at the root of a document that REST APIs do not have. */
export const HTTP_ONLY_EXTENSIONS = ['x-amazon-apigateway-cors'] as const;
