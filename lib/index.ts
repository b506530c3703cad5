// The public surface, by name.

export { ApiGatewayChecks, type ApiGatewayChecksProps } from './checks/checks';
export { type AccessLogOptions } from './operate/access-log';
export { ApiGatewayAccountLogging, type ApiGatewayAccountLoggingProps } from './operate/account-logging';
export { WebAcl, type WebAclManagedOptions } from './operate/web-acl';
export {
  RestAuthorizer,
  type RestAuthorizerOptions,
  type RestCognitoAuthorizerOptions,
  type RestLambdaRequestAuthorizerOptions,
  type RestLambdaTokenAuthorizerOptions,
} from './rest/authorizer';
export { CacheSize, type RestRouteCacheOptions, type RestStageCacheOptions } from './rest/cache';
export { RestApiKeySource, RestEndpointType } from './rest/endpoint';
export { RestGateway } from './rest/gateway';
export { type RestGatewayProps } from './rest/gateway-props';
export { type RestGatewayResponseOptions } from './rest/gateway-response';
export { RestIntegration } from './rest/integration';
export { type RestHttpIntegrationOptions } from './rest/integrations/http';
export {
  type RestLambdaByStageIntegrationOptions,
  type RestLambdaIntegrationOptions,
} from './rest/integrations/lambda';
export { type RestMockIntegrationOptions } from './rest/integrations/mock';
export { type RestRequestOptions } from './rest/request';
export { type RestRouteOptions } from './rest/route';
export { type RestStageOptions, type RestStageRouteOptions } from './rest/stage';
export { type CorsOptions } from './shared/cors';
export { JsonSchema, type JsonSchemaOptions } from './shared/json-schema';
export { type ThrottleOptions } from './shared/throttle';
