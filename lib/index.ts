// The public surface, by name. Its calls are checked against its types, at the end.

import { guardCalls } from './authoring/shapes/guard';

export { ApiTemplate } from './assertions/api-template';
export { type ApiRouteExpectations } from './assertions/route-expectations';
export { ApiGatewayChecks, type ApiGatewayChecksProps } from './checks/checks';
export { CheckProfile, Severity } from './checks/severity';
export { type ApiDomainAdoptOptions } from './domain/adopt-options';
export { ApiKind, type ApiMappingTarget, type IMappableApi } from './domain/api';
export { ApiDomain, type ApiDomainAttributes } from './domain/domain';
export { type IApiDomain } from './domain/domain-base';
export {
  ApiDomainEndpointType,
  type ApiDomainMutualTlsOptions,
  type ApiDomainProps,
  ApiDomainRoutingMode,
  type ApiRoutingHeader,
  type ApiRoutingRuleOptions,
  type GatewayDomainOptions,
} from './domain/domain-props';
export { type ApiMappingOptions } from './domain/mapping-options';
export { ExistingApi, type ExistingApiAttributes } from './domain/existing-api';
export { type ApiDomainAliasTarget, ApiDomainRecords, type ApiDomainSharedRecordsOptions } from './domain/records';
export { TrustStore } from './domain/trust-store';
export { type GatewayAdoptOptions, type UsagePlansAdoptOptions } from './gateway/adopt-options';
export { type HttpAdoptOptions } from './http/adopt-options';
export { type RestAdoptOptions } from './rest/adopt-options';
export { type WebSocketAdoptOptions } from './websocket/adopt-options';
export {
  type HttpAuth0AuthorizerOptions,
  type HttpAuthorizerOptions,
  type HttpCognitoAuthorizerOptions,
  type HttpEntraIdAuthorizerOptions,
  type HttpJwtAuthorizerOptions,
  type HttpJwtCommonOptions,
  type HttpLambdaAuthorizerOptions,
  type HttpOktaAuthorizerOptions,
  HttpPayloadFormatVersion,
  type HttpTokenAuthorizerOptions,
} from './http/authorizer-options';
export { HttpAuthorizer } from './http/authorizer';
export { type HttpAuthorizerConfig } from './http/authorizer-config';
export { HttpGateway } from './http/gateway';
export { type HttpGatewayOptions, type HttpGatewayProps } from './http/gateway-props';
export { type AuthorizerConfig, AuthorizerType, type IAuthorizerContext } from './gateway/authorizer-config';
export { type IIntegrationContext, IntegrationType, type ServicePermission } from './gateway/integration-context';
export { type HttpGrantOptions } from './http/grants';
export { HttpIntegration } from './http/integration';
export { type HttpIntegrationConfig, type IHttpIntegrationContext } from './http/integration-config';
export { type HttpAppConfigIntegrationOptions } from './http/integrations/app-config';
export { type HttpEventBridgeIntegrationOptions } from './http/integrations/event-bridge';
export { type HttpHttpIntegrationOptions } from './http/integrations/http';
export { type HttpKinesisIntegrationOptions } from './http/integrations/kinesis';
export {
  type HttpLambdaByStageIntegrationOptions,
  type HttpLambdaFunctionIntegrationOptions,
  type HttpLambdaIntegrationOptions,
} from './http/integrations/lambda';
export {
  type HttpParameterMappingOptions,
  HttpRequestParameter,
  HttpResponseParameter,
} from './http/integrations/parameter-mapping';
export {
  type HttpCloudMapIntegrationOptions,
  type HttpPrivateIntegrationOptions,
  HttpPrivateProtocol,
} from './http/integrations/private';
export { HttpResponseValue } from './http/integrations/response-value';
export { type HttpServiceIntegrationOptions } from './http/integrations/service';
export { type HttpSqsIntegrationOptions } from './http/integrations/sqs';
export { type HttpStepFunctionsIntegrationOptions } from './http/integrations/step-functions';
export { type IHttpMetrics } from './http/metrics';
export { type HttpGatewayAttributes, type IHttpGateway, type IHttpRoute, type IHttpStage } from './http/interfaces';
export { type HttpOpenApiProps } from './http/openapi/props';
export { type HttpRouteCommonOptions, type HttpRouteOptions } from './http/route';
export { HttpRouteGroup, type HttpRouteGroupProps } from './http/route-group';
export { type HttpStageOptions, type HttpStageRouteOptions } from './http/stage';
export { type AccessLogOptions } from './operate/access-log';
export {
  type AccessLogFieldsOptions,
  AccessLogFormat,
  type HttpAccessLogFormatOptions,
  type RestAccessLogFormatOptions,
  type WebSocketAccessLogFormatOptions,
} from './operate/access-log-format';
export { ApiGatewayAccountLogging, type ApiGatewayAccountLoggingProps } from './operate/account-logging';
export {
  type AlarmOptions,
  AlarmSeverity,
  type ApiAlarmsOptions,
  type HttpAlarmsOptions,
  type RestAlarmsOptions,
  type RouteAlarmsOptions,
  type WebSocketAlarmsOptions,
} from './operate/alarm-options';
export { type ApiBudgetOptions } from './operate/budget';
export { type ApiDashboardOptions } from './operate/dashboard';
export { type ExecutionLogOptions } from './operate/execution-log';
export { HttpAccessLogField } from './operate/http-access-log-field';
export { type LogGroupOptions } from './operate/log-group';
export { RestAccessLogField } from './operate/rest-access-log-field';
export { WebAcl } from './operate/web-acl';
export {
  WebAclAction,
  type WebAclLogOptions,
  type WebAclManagedOptions,
  type WebAclRule,
} from './operate/web-acl-options';
export { WebAclRateLimit, type WebAclRateLimitOptions } from './operate/web-acl-rate-limit';
export { WebSocketAccessLogField } from './operate/websocket-access-log-field';
export { ConnectionBroadcaster } from './patterns/connection-broadcaster';
export { ConnectionStore } from './patterns/connection-store';
export {
  type ConnectionBroadcasterOptions,
  type ConnectionBroadcasterProps,
  type ConnectionStoreConnectOptions,
  type ConnectionStoreProps,
  type IConnectionStore,
} from './patterns/connection-store-props';
export { LambdaCanary, type LambdaCanaryOptions } from './release/lambda-canary';
export {
  OnActiveCanary,
  type ProgressiveStageCanaryOptions,
  StageCanary,
  type StageCanaryCommonOptions,
  type StageCanaryOptions,
} from './release/stage-canary';
export { RestAuthorizer } from './rest/authorizer';
export { RestAccess } from './rest/access';
export { GatewayClientCertificate } from './gateway/client-certificate';
export { type RestGrantOptions } from './rest/grants';
export { type IRestMetrics } from './rest/metrics';
export { type IRestGateway, type IRestRoute, type IRestStage, type RestGatewayAttributes } from './rest/interfaces';
export { type GatewayStageAttributes } from './gateway/imported';
export { type RestAuthorizerConfig } from './rest/authorizer-config';
export {
  type RestAuthorizerOptions,
  type RestCognitoAuthorizerOptions,
  type RestLambdaAuthorizerOptions,
  type RestLambdaTokenAuthorizerOptions,
} from './rest/authorizer-options';
export { CacheSize, type RestRouteCacheOptions, type RestStageCacheOptions } from './rest/cache';
export { RestEndpointType } from './rest/endpoint';
export { RestGateway } from './rest/gateway';
export { type RestGatewayOptions, type RestGatewayProps } from './rest/gateway-props';
export { type RestGatewayResponseOptions } from './rest/gateway-response';
export { RestIntegration } from './rest/integration';
export { type IRestIntegrationContext, type RestIntegrationConfig } from './rest/integration-config';
export { type RestAwsIntegrationOptions } from './rest/integrations/aws';
export {
  type RestCustomIntegrationOptions,
  type RestHttpCustomIntegrationOptions,
  type RestLambdaCustomIntegrationOptions,
} from './rest/integrations/custom';
export {
  type RestDynamoDbDeleteIntegrationOptions,
  type RestDynamoDbGetIntegrationOptions,
  type RestDynamoDbPutIntegrationOptions,
  type RestDynamoDbQueryIntegrationOptions,
  type RestDynamoDbScanIntegrationOptions,
  type RestDynamoDbUpdateIntegrationOptions,
} from './rest/integrations/dynamodb-options';
export { type RestEventBridgeIntegrationOptions } from './rest/integrations/event-bridge';
export { type RestHttpIntegrationOptions } from './rest/integrations/http';
export { type RestKinesisIntegrationOptions } from './rest/integrations/kinesis';
export {
  type RestNlbLinkIntegrationOptions,
  type RestPrivateIntegrationOptions,
  RestPrivateProtocol,
  type RestPrivateCommonOptions,
} from './rest/integrations/private-options';
export { RequestValue } from './integrations/request-value';
export {
  RestContentHandling,
  type RestIntegrationResponse,
  RestPassthroughBehavior,
} from './rest/integrations/response-options';
export { type RestS3IntegrationOptions } from './rest/integrations/s3';
export { type RestServiceIntegrationOptions } from './rest/integrations/service';
export { type RestSnsIntegrationOptions } from './rest/integrations/sns';
export { type RestSqsIntegrationOptions } from './rest/integrations/sqs';
export {
  type RestStepFunctionsDescribeIntegrationOptions,
  type RestStepFunctionsIntegrationOptions,
} from './rest/integrations/step-functions';
export {
  type RestLambdaByStageIntegrationOptions,
  type RestLambdaFunctionIntegrationOptions,
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
export { type RestOpenApiProps } from './rest/openapi/props';
export { type RestRequestOptions } from './rest/request';
export { type RestRouteCommonOptions, type RestRouteOptions } from './rest/route';
export { RestRouteGroup, type RestRouteGroupProps } from './rest/route-group';
export { type RestStageOptions, type RestStageRouteOptions } from './rest/stage';
export { type CorsOptions } from './gateway/cors';
export { type RouteResponseOptions } from './gateway/route-response';
export { JsonSchema, type JsonSchemaOptions } from './json-schema/json-schema';
export { JwtIssuer } from './jwt/issuers';
export { type JwtTokenOptions } from './jwt/options';
export { OpenApiDefinition } from './openapi/definition';
export { type AwsCallOptions } from './integrations/services/aws';
export {
  type DynamoDbConditionOptions,
  type DynamoDbDeleteOptions,
  type DynamoDbGetOptions,
  type DynamoDbPutOptions,
  type DynamoDbQueryOptions,
  type DynamoDbReadManyOptions,
  type DynamoDbScanOptions,
  type DynamoDbUpdateOptions,
} from './integrations/services/dynamodb-options';
export { type SqsMessageOptions } from './integrations/services/sqs';
export {
  type StepFunctionsDescribeOptions,
  type StepFunctionsStartOptions,
} from './integrations/services/step-functions';
export { type ThrottleOptions } from './stages/throttle';
export { GatewayApiKey, type GatewayApiKeyOptions, type SecretApiKeyOptions } from './usage-plans/api-key';
export { GatewayApiKeySource } from './usage-plans/api-key-source';
export { DynamoDbAttributeType, DynamoDbValue } from './integrations/velocity/dynamodb-value';
export { type QuotaOptions, type UsagePlanOptions, type UsagePlanRouteOptions } from './usage-plans/usage-plan';
export { type WebSocketAuthorizerConfig } from './websocket/authorizer-config';
export { WebSocketAuthorizer, type WebSocketLambdaAuthorizerOptions } from './websocket/authorizer';
export { type WebSocketAuthorizerOptions } from './websocket/authorizer-options';
export { WebSocketGateway } from './websocket/gateway';
export { type WebSocketGatewayOptions, type WebSocketGatewayProps } from './websocket/gateway-props';
export { type WebSocketGrantOptions, type WebSocketManageConnectionsOptions } from './websocket/grants';
export { type IWebSocketMetrics } from './websocket/metrics';
export {
  type IWebSocketGateway,
  type IWebSocketRoute,
  type IWebSocketStage,
  type WebSocketGatewayAttributes,
  type WebSocketStageAttributes,
} from './websocket/interfaces';
export { WebSocketIntegration } from './websocket/integration';
export { type IWebSocketIntegrationContext, type WebSocketIntegrationConfig } from './websocket/integration-config';
export { type WebSocketAwsIntegrationOptions } from './websocket/integrations/aws';
export { type WebSocketHttpIntegrationOptions } from './websocket/integrations/http';
export { type WebSocketNlbLinkIntegrationOptions, WebSocketPrivateProtocol } from './websocket/integrations/nlb-link';
export { type WebSocketMockIntegrationOptions } from './websocket/integrations/mock';
export { type WebSocketIntegrationResponse } from './websocket/integrations/response-options';
export { type WebSocketServiceIntegrationOptions } from './websocket/integrations/service';
export {
  type WebSocketDynamoDbDeleteIntegrationOptions,
  type WebSocketDynamoDbGetIntegrationOptions,
  type WebSocketDynamoDbPutIntegrationOptions,
  type WebSocketDynamoDbQueryIntegrationOptions,
  type WebSocketDynamoDbScanIntegrationOptions,
  type WebSocketDynamoDbUpdateIntegrationOptions,
  type WebSocketSqsIntegrationOptions,
  type WebSocketStepFunctionsIntegrationOptions,
} from './websocket/integrations/services';
export {
  type WebSocketLambdaByStageIntegrationOptions,
  type WebSocketLambdaFunctionIntegrationOptions,
  type WebSocketLambdaIntegrationOptions,
} from './websocket/integrations/lambda';
export {
  type WebSocketAuth0AuthorizerOptions,
  type WebSocketCognitoAuthorizerOptions,
  type WebSocketEntraIdAuthorizerOptions,
  type WebSocketJwtAuthorizerOptions,
  type WebSocketJwtCommonOptions,
  type WebSocketOktaAuthorizerOptions,
  type WebSocketTokenSourceOptions,
} from './websocket/jwt-options';
export { type WebSocketRequestOptions } from './websocket/request';
export { type WebSocketRouteOptions } from './websocket/route';
export { type WebSocketStageOptions, type WebSocketStageRouteOptions } from './websocket/stage';
export { WebSocketTokenSource } from './websocket/token-source';
export { type VpcLinkOptions } from './integrations/vpc-link-options';

guardCalls(module.exports as Record<string, unknown>);
