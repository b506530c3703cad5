// The public surface, by name.

export { ApiGatewayChecks, type ApiGatewayChecksProps } from './checks/checks';
export { CheckProfile, Severity } from './checks/severity';
export { ApiKind, type ApiMappingTarget, type IMappableApi } from './domain/api';
export { ApiDomain, type ApiDomainAttributes } from './domain/domain';
export { type IApiDomain } from './domain/domain-base';
export {
  ApiDomainEndpointType,
  type ApiDomainMutualTlsOptions,
  type ApiDomainProps,
  ApiDomainRoutingMode,
  type ApiMappingOptions,
  type ApiRoutingHeader,
  type ApiRoutingRuleOptions,
  type GatewayDomainOptions,
} from './domain/domain-props';
export { ExistingApi, type ExistingApiAttributes } from './domain/existing-api';
export { type ApiDomainAliasTarget, ApiDomainRecords, type ApiDomainSharedRecordsOptions } from './domain/records';
export { TrustStore } from './domain/trust-store';
export { type AccessLogOptions } from './operate/access-log';
export { ApiGatewayAccountLogging, type ApiGatewayAccountLoggingProps } from './operate/account-logging';
export { WebAcl, type WebAclManagedOptions } from './operate/web-acl';
export {
  RestAuthorizer,
  type RestCognitoAuthorizerOptions,
  type RestLambdaRequestAuthorizerOptions,
  type RestLambdaTokenAuthorizerOptions,
} from './rest/authorizer';
export { RestAccess } from './rest/access';
export { RestApiKey, type RestApiKeyOptions, type RestSecretApiKeyOptions } from './rest/api-key';
export { RestClientCertificate } from './rest/client-certificate';
export { type RestGrantOptions } from './rest/grants';
export { RestMetrics } from './rest/metrics';
export { type RestQuotaOptions, type RestUsagePlanOptions, type RestUsagePlanRouteOptions } from './rest/usage-plan';
export { type RestAuthorizerOptions } from './rest/authorizer-options';
export { CacheSize, type RestRouteCacheOptions, type RestStageCacheOptions } from './rest/cache';
export { RestApiKeySource, RestEndpointType } from './rest/endpoint';
export { RestGateway } from './rest/gateway';
export { type RestGatewayOptions, type RestGatewayProps } from './rest/gateway-props';
export { type RestGatewayResponseOptions } from './rest/gateway-response';
export { RestIntegration } from './rest/integration';
export { type RestAwsIntegrationOptions } from './rest/integrations/aws';
export { type RestCustomIntegrationOptions, type RestHttpCustomIntegrationOptions } from './rest/integrations/custom';
export {
  type RestDynamoDbConditionOptions,
  type RestDynamoDbDeleteIntegrationOptions,
  type RestDynamoDbGetIntegrationOptions,
  type RestDynamoDbPutIntegrationOptions,
  type RestDynamoDbQueryIntegrationOptions,
} from './rest/integrations/dynamodb-options';
export { DynamoDbAttributeType, DynamoDbValue } from './rest/integrations/dynamodb-value';
export { type RestEventBridgeIntegrationOptions } from './rest/integrations/event-bridge';
export { type RestHttpIntegrationOptions } from './rest/integrations/http';
export { type RestKinesisIntegrationOptions } from './rest/integrations/kinesis';
export {
  type RestNlbLinkIntegrationOptions,
  type RestPrivateIntegrationOptions,
  RestPrivateProtocol,
  type RestVpcLinkIntegrationOptions,
} from './rest/integrations/private-options';
export { RequestValue } from './rest/integrations/request-value';
export {
  RestContentHandling,
  type RestIntegrationResponse,
  RestPassthroughBehavior,
} from './rest/integrations/response-options';
export { type RestS3IntegrationOptions } from './rest/integrations/s3';
export { type RestServiceIntegrationOptions } from './rest/integrations/service';
export { type RestSnsIntegrationOptions } from './rest/integrations/sns';
export { type RestSqsIntegrationOptions } from './rest/integrations/sqs';
export { type RestStepFunctionsIntegrationOptions } from './rest/integrations/step-functions';
export {
  type RestLambdaByStageIntegrationOptions,
  type RestLambdaIntegrationOptions,
} from './rest/integrations/lambda';
export { type RestMockIntegrationOptions } from './rest/integrations/mock';
export {
  type RestAuth0AuthorizerOptions,
  type RestEntraIdAuthorizerOptions,
  type RestJwtAuthorizerOptions,
  type RestJwtCommonOptions,
  type RestOktaAuthorizerOptions,
} from './rest/jwt-options';
export { OpenApiDefinition } from './rest/openapi/definition';
export { type RestOpenApiProps } from './rest/openapi/props';
export { type RestRequestOptions } from './rest/request';
export { type RestRouteOptions } from './rest/route';
export { type RestStageOptions, type RestStageRouteOptions } from './rest/stage';
export { type CorsOptions } from './shared/cors';
export { JsonSchema, type JsonSchemaOptions } from './shared/json-schema';
export { type ThrottleOptions } from './shared/throttle';
