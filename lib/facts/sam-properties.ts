/**
 * What SAM takes of the resources that make APIs, and of the events that make their routes, in the grammar of
 * `lib/template/shapes/grammar.ts`. `~` marks what SAM passes on or ignores unseen.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
 */

const AUTHORIZERS = 'Authorizers:j';
const ROUTE53 =
  'Route53:~(DistributionDomainName EvaluateTargetHealth:b HostedZoneId HostedZoneName IpV6:b Region SeparateRecordSetGroup:b ' +
  'SetIdentifier VpcEndpointDomainName VpcEndpointHostedZoneId)';
const DOMAIN =
  'AccessAssociation:j BasePath:j CertificateArn DomainName EndpointAccessMode EndpointConfiguration:j IpAddressType ' +
  `MutualTlsAuthentication:(TruststoreUri TruststoreVersion) NormalizeBasePath:b OwnershipVerificationCertificateArn Policy:j ` +
  `${ROUTE53} SecurityPolicy`;
const LOG = '(DestinationArn Format)';
const ROUTE_SETTINGS =
  '(DataTraceEnabled:b DetailedMetricsEnabled:b LoggingLevel ThrottlingBurstLimit:n ThrottlingRateLimit:n)';
const METHOD_SETTING =
  '(CacheDataEncrypted:b CacheTtlInSeconds:n CachingEnabled:b DataTraceEnabled:b HttpMethod LoggingLevel MetricsEnabled:b ' +
  'ResourcePath ThrottlingBurstLimit:n ThrottlingRateLimit:n)';

export const SAM_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api':
    `AccessLogSetting:${LOG} AlwaysDeploy:b ApiKeySourceType ` +
    `Auth:(AddApiKeyRequiredToCorsPreflight:b AddDefaultAuthorizerToCorsPreflight:b ApiKeyRequired:b ${AUTHORIZERS} ` +
    'DefaultAuthorizer InvokeRole ResourcePolicy:~(AwsAccountBlacklist:j AwsAccountWhitelist:j CustomStatements:j ' +
    'IntrinsicVpcBlacklist:j IntrinsicVpcWhitelist:j IntrinsicVpceBlacklist:j IntrinsicVpceWhitelist:j IpRangeBlacklist:j ' +
    'IpRangeWhitelist:j SourceVpcBlacklist:j SourceVpcWhitelist:j) ' +
    'UsagePlan:(CreateUsagePlan Description Quota:j Tags:j Throttle:j UsagePlanName)) ' +
    'BinaryMediaTypes:[s] CacheClusterEnabled:b CacheClusterSize CanarySetting:(DeploymentId PercentTraffic:n ' +
    'StageVariableOverrides:{s} UseStageCache:b) Cors:?(AllowCredentials AllowHeaders AllowMethods AllowOrigin MaxAge) ' +
    'DefinitionBody:j DefinitionUri:?(Bucket Key Version) Description ' +
    `DisableExecuteApiEndpoint:b Domain:~(${DOMAIN}) EndpointAccessMode ` +
    'EndpointConfiguration:~?(IpAddressType Type VPCEndpointIds:j VpcEndpointIds:j) FailOnWarnings:b ' +
    `GatewayResponses:{(ResponseParameters:j ResponseTemplates:j StatusCode)} MergeDefinitions:b ` +
    `MethodSettings:[${METHOD_SETTING}] MinimumCompressionSize:n Mode Models:j Name OpenApiVersion Policy:j PropagateTags:b ` +
    'SecurityPolicy StageName! Tags:{s} TracingEnabled:b Variables:{s}',
  'AWS::Serverless::HttpApi':
    `AccessLogSettings:${LOG} Auth:(${AUTHORIZERS} DefaultAuthorizer EnableIamAuthorizer:b) ` +
    'CorsConfiguration:?(AllowCredentials:b AllowHeaders:j AllowMethods:j AllowOrigins:j ExposeHeaders:j MaxAge:n) ' +
    `DefaultRouteSettings:${ROUTE_SETTINGS} DefinitionBody:j DefinitionUri:?(Bucket Key Version) ` +
    'Description DisableExecuteApiEndpoint:b ' +
    `Domain:~(${DOMAIN}) FailOnWarnings:b Name PropagateTags:b RouteSettings:~{${ROUTE_SETTINGS}} StageName ` +
    'StageVariables:{s} Tags:{s}',
  'AWS::Serverless::WebSocketApi':
    `AccessLogSettings:${LOG} ApiKeySelectionExpression Auth:~(AuthArn AuthType IdentitySource:j InvokeRole Name) ` +
    `DefaultRouteSettings:${ROUTE_SETTINGS} Description DisableExecuteApiEndpoint:b DisableSchemaValidation:b ` +
    `Domain:~(${DOMAIN}) FailOnWarnings:b IpAddressType Name PropagateTags:b RouteSelectionExpression ` +
    `RouteSettings:~{${ROUTE_SETTINGS}} Routes:j StageName StageVariables:{s} Tags:{s}`,
};

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html */
export const SAM_TYPES =
  'Api Application CapacityProvider Connector Function GraphQLApi HttpApi LayerVersion SimpleTable StateMachine WebSocketApi'
    .split(' ')
    .map((name) => `AWS::Serverless::${name}`);

/** Events of functions and state machines, by resource type and type of event. */
export const SAM_EVENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Serverless::Function': {
    Api:
      'Auth:~(ApiKeyRequired:b AuthorizationScopes:[s] Authorizer InvokeRole OverrideApiAuth:b ResourcePolicy:j) Method! Path! ' +
      'RequestModel:~(Model Required:b ValidateBody:b ValidateParameters:b) RequestParameters:j ResponseTransferMode ' +
      'RestApiId Stage TimeoutInMillis:n',
    HttpApi:
      'ApiId Auth:~(AuthorizationScopes:[s] Authorizer) Method Path PayloadFormatVersion ' +
      `RouteSettings:~${ROUTE_SETTINGS} Stage TimeoutInMillis:n`,
  },
  'AWS::Serverless::StateMachine': {
    Api:
      'Auth:~(ApiKeyRequired:b AuthorizationScopes:[s] Authorizer ResourcePolicy:j) Method! Path! RestApiId Stage ' +
      'UnescapeMappingTemplate:b',
  },
};
