import { WEB_ACL_REFUSED } from '../../../facts/web-acl';
import { type Foreign } from './props';

const KEYS =
  'HTTP APIs have no API keys and no usage plans; use RestGateway, or identify callers in a Lambda authorizer';
const ENDPOINTS =
  'HTTP APIs have one endpoint, Regional and public, without a resource policy; use RestGateway, or put CloudFront in front';
const CACHE = 'HTTP APIs have no cache; put CloudFront in front, or use RestGateway';
const CANARY =
  'stages of HTTP APIs have no canary; shift the traffic of the functions with HttpIntegration.lambda(fn, { canary: LambdaCanary.linear(…) }), or use RestGateway';
const EXECUTION_LOG =
  'HTTP APIs have no execution log; the access log contains errors (integrationError, authorizerError)';
const EVENTS = 'only WebSocket APIs have this metric; an HTTP API has clientErrors, serverErrors and latency';
const SOURCES = 'an authorizer of an HTTP API reads the token from one place; write identitySource';
const STREAM = 'HTTP APIs do not stream responses; use RestGateway';
const CONTENT = 'HTTP APIs do not check the content type before they call a service; use RestGateway';
const SERVICE =
  'HTTP APIs can call only SQS, EventBridge, Kinesis, Step Functions and AppConfig; use RestGateway, or call the service in a function';
const TEMPLATES =
  'HTTP APIs have no templates; map parameters with requestParameters and responseParameters, or use RestGateway';
const LISTENER = 'an HTTP API is connected to a listener; write';
const NO_CACHE_OF_TOKENS = 'the authorizer is built into API Gateway, which does not cache its decisions; leave it out';

export const HTTP_LACKS: Foreign = {
  HttpIntegration: {
    albLoadBalancer: `${LISTENER} HttpIntegration.alb(listener, { host })`,
    aws: SERVICE,
    dynamoDbDelete: SERVICE,
    dynamoDbGet: SERVICE,
    dynamoDbPut: SERVICE,
    dynamoDbQuery: SERVICE,
    dynamoDbScan: SERVICE,
    dynamoDbUpdate: SERVICE,
    httpCustom: TEMPLATES,
    lambdaCustom: TEMPLATES,
    mock: 'HTTP APIs have no mock integration; use a function, or RestGateway',
    nlbLink: `HTTP APIs do not support VPC links V1, and ${LISTENER} HttpIntegration.nlb(listener, { host })`,
    nlbLoadBalancer: `${LISTENER} HttpIntegration.nlb(listener, { host })`,
    s3Get: SERVICE,
    stepFunctionsDescribe: SERVICE,
    s3Put: SERVICE,
    sns: SERVICE,
  },
  HttpAuthorizer: {
    lambdaToken:
      'authorizers of HTTP APIs receive the request; write HttpAuthorizer.lambda(fn, { identitySources: ["$request.header.Authorization"] })',
  },
  HttpGatewayOptions: {
    access: ENDPOINTS,
    apiKeyRequired: KEYS,
    apiKeySource: KEYS,
    apiKeys: KEYS,
    binaryMediaTypes: 'HTTP APIs pass bytes on unchanged, to functions in base64; leave it out',
    canary: CANARY,
    disableSchemaValidation: 'HTTP APIs do not validate requests; leave it out',
    documentationVersion:
      'HTTP APIs publish no documentation; use RestGateway, or export the document with apigw openapi',
    endpointAccessMode: ENDPOINTS,
    endpointType: ENDPOINTS,
    gatewayResponses: 'HTTP APIs have a fixed format for their own error responses; use RestGateway to customize them',
    minimumCompressionSize: 'HTTP APIs do not compress; compress in the back end, or put CloudFront in front',
    routeSelectionExpression:
      'routes of an HTTP API are methods and paths; leave it out, or use WebSocketGateway to route by message',
    securityPolicy:
      'the default endpoint of an HTTP API accepts TLS 1.2 and offers no choice of security policy; use RestGateway',
    usagePlans: KEYS,
    usagePlansElsewhere: KEYS,
    vpcEndpoints: ENDPOINTS,
    webAcl: WEB_ACL_REFUSED.http,
  },
  HttpRouteCommonOptions: {
    apiKeyRequired: KEYS,
    cache: CACHE,
    returnResponse: 'HTTP APIs respond to every request; leave it out',
    request: 'HTTP APIs do not validate requests; validate in the back end, or use RestGateway',
  },
  HttpAdoptOptions: {
    apiKeys: KEYS,
    clientCertificates: 'HTTP APIs do not present a client certificate to back ends; use RestGateway',
    executionLogs: EXECUTION_LOG,
    routes: 'the routes of an HTTP API are in its document and have no logical ids; leave it out',
    usagePlanKeys: KEYS,
    usagePlans: KEYS,
    webAcl: WEB_ACL_REFUSED.http,
    webAclAssociations: WEB_ACL_REFUSED.http,
  },
  HttpStageOptions: {
    cache: CACHE,
    canary: CANARY,
    clientCertificate: 'HTTP APIs do not present a client certificate to back ends; use RestGateway',
    dataTrace: EXECUTION_LOG,
    executionLog: EXECUTION_LOG,
    executionLogging: EXECUTION_LOG,
    tracing: 'HTTP APIs are not traced with AWS X-Ray; trace the functions behind them, or use RestGateway',
  },
  HttpStageRouteOptions: { cache: CACHE },
  HttpAlarmsOptions: {
    connectErrors: EVENTS,
    executionErrors: EVENTS,
    integrationErrors: EVENTS,
    quotaExceeded: KEYS,
    quotaUsage: KEYS,
  },
  HttpLambdaByStageIntegrationOptions: {
    canary:
      'lambdaByStage selects the function of each stage with a variable, which a canary cannot shift; write lambda(fn, { canary }) on a gateway for each environment',
  },
  HttpParameterMappingOptions: { contentTypes: CONTENT, streamResponse: STREAM },
  HttpServiceIntegrationOptions: { contentTypes: CONTENT, streamResponse: STREAM },
  HttpSqsIntegrationOptions: {
    messageAttributes:
      'HTTP APIs write values into the attributes of a message without escaping them, so a client could add attributes; use RestGateway',
  },
  HttpPrivateIntegrationOptions: {
    insecureSkipVerification:
      'HTTP APIs accept only certificates of public authorities; use one of ACM for the back end, or use RestGateway',
  },
  HttpTokenAuthorizerOptions: {
    algorithms: 'HTTP APIs accept tokens signed with RSA, and have no list of algorithms; leave it out',
    clockTolerance: 'the authorizer is built into API Gateway, which has no tolerance setting; leave it out',
    requiredClaims:
      'the authorizer is built into API Gateway, which checks only iss, aud, exp, nbf, iat and scopes; check other claims in the function, or use HttpAuthorizer.lambda',
    resultsCacheTtl: NO_CACHE_OF_TOKENS,
    tokenSources: SOURCES,
  },
  HttpAuthorizerOptions: {
    resultsCacheTtl: NO_CACHE_OF_TOKENS,
  },
  HttpLambdaAuthorizerOptions: {
    identitySource: 'an authorizer of an HTTP API has a list; write identitySources',
    validationRegex: 'authorizers of HTTP APIs have no regular expression; check the token in the function',
  },
  HttpGatewayAttributes: {
    apiName: 'metrics of HTTP APIs have the id of the API; leave it out',
    endpointType: 'HTTP APIs are REGIONAL; leave it out',
    rootResourceId: 'HTTP APIs have routes and no resources; leave it out',
  },
};
