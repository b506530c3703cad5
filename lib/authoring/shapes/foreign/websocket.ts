import { WEB_ACL_REFUSED } from '../../../facts/web-acl';
import { type Foreign } from './props';

const NO_CORS =
  'browsers send no preflight for a WebSocket, and pages of every origin can connect; let the authorizer compare the Origin header with the origins that you allow';
const NO_CACHE = 'messages are not cached; respond from your own store';
const NO_XRAY =
  'AWS X-Ray does not trace WebSocket APIs; pass on the requestId of the access log, or trace the functions behind it';
const NO_PRIVATE =
  'there are no private WebSocket APIs; let an authorizer decide which clients may connect, or use a REST gateway';
const CANARY =
  'WebSocket stages have no canary; shift the traffic of the functions with WebSocketIntegration.lambda(fn, { canary: LambdaCanary.linear(…) })';
const NO_OPENAPI = 'OpenAPI does not support WebSocket APIs; leave it out';
const ONCE = 'a WebSocket API authorizes a client once, when it connects, and caches no decision; leave it out';
const SOURCES = 'a WebSocket authorizer reads the token from one or more places; write tokenSources';
const MAPPED =
  'messages have no headers to map; write them into the message, in the function or the template of the response';
const CONTENT = 'messages have no content type; leave it out';
const STREAM =
  'WebSocket APIs do not stream responses; send several messages to the connection, which grantManageConnections allows';

const V1_ONLY =
  'WebSocket APIs support only VPC links V1, which need a Network Load Balancer; write WebSocketIntegration.nlbLink(loadBalancer, { host })';
const OBJECTS = 'a message is too small for an object; let a function send the client a presigned URL';
const viaAws = (service: string, action: string): string =>
  `write WebSocketIntegration.aws({ service: '${service}', action: '${action}', iamActions, resources, requestTemplate })`;

export const WEBSOCKET_LACKS: Foreign = {
  WebSocketGateway: {
    fromOpenApi: 'OpenAPI does not support WebSocket APIs; write the routes',
  },
  WebSocketIntegration: {
    alb: V1_ONLY,
    albLoadBalancer: V1_ONLY,
    appConfig: 'WebSocket APIs do not read AWS AppConfig; read the configuration in a function',
    cloudMap: V1_ONLY,
    eventBridge: viaAws('events', 'PutEvents'),
    httpCustom:
      'the message is passed to the back end unchanged; write WebSocketIntegration.http(url, { requestParameters }), or use a function',
    kinesis: viaAws('kinesis', 'PutRecord'),
    lambdaCustom: 'a function receives the message unchanged; write WebSocketIntegration.lambda(fn)',
    nlb: V1_ONLY,
    nlbLoadBalancer: V1_ONLY,
    s3Get: OBJECTS,
    s3Put: OBJECTS,
    sns: viaAws('sns', 'Publish'),
    stepFunctionsDescribe: 'let the state machine send its result to the connection, with grantManageConnections',
    stepFunctionsStartSync:
      'write stepFunctionsStart, which does not wait, and let the state machine send the response to the connection',
  },
  WebSocketAuthorizer: {
    lambdaToken:
      'authorizers of WebSocket APIs receive the request; write WebSocketAuthorizer.lambda(fn, { identitySources: ["route.request.header.Authorization"] })',
  },
  WebSocketGatewayOptions: {
    access: `WebSocket APIs have no resource policy; ${NO_PRIVATE}`,
    apiKeyRequired: 'a key is required when a client connects; set apiKeyRequired: true on $connect',
    binaryMediaTypes: 'the frame of a message determines whether it is text or binary; leave it out',
    canary: CANARY,
    cors: NO_CORS,
    definition: 'OpenAPI does not support WebSocket APIs; write the routes',
    definitionAsAsset: 'a WebSocket API is made of resources, not of a document; leave it out',
    documentationVersion: 'WebSocket APIs have no documentation parts; leave it out',
    endpointAccessMode: 'it is only for REST APIs; leave it out',
    endpointType: 'a WebSocket API is Regional; leave it out',
    gatewayResponses:
      'WebSocket APIs have a fixed format for their own errors, { "message", "connectionId", "requestId" }',
    minimumCompressionSize: 'WebSocket APIs do not compress; leave it out',
    routeGroups:
      'the routes of a WebSocket API have no path that begins alike, and one authorizer on $connect protects all of them; write them as routes',
    securityPolicy: 'a WebSocket API accepts only TLS 1.2 and 1.3; set the policy of its domain name',
    vpcEndpoints: NO_PRIVATE,
    webAcl: WEB_ACL_REFUSED.websocket,
  },
  WebSocketRouteOptions: {
    allowOpenCatchAll: 'a client is authorized when it connects, not for each message; leave it out',
    cache: NO_CACHE,
    cors: NO_CORS,
    deprecated: NO_OPENAPI,
    description: NO_OPENAPI,
    responses: NO_OPENAPI,
    scopes: 'scopes are checked when a client connects; set them on the authorizer',
    summary: NO_OPENAPI,
    tags: NO_OPENAPI,
  },
  WebSocketRequestOptions: { contentType: CONTENT },
  WebSocketAdoptOptions: {
    webAcl: WEB_ACL_REFUSED.websocket,
    webAclAssociations: WEB_ACL_REFUSED.websocket,
  },
  WebSocketStageOptions: {
    cache: NO_CACHE,
    canary: CANARY,
    tracing: NO_XRAY,
  },
  WebSocketStageRouteOptions: { cache: NO_CACHE },
  WebSocketAlarmsOptions: {
    latency: 'CloudWatch has no such metric for WebSocket APIs; write integrationLatency',
    quotaExceeded: 'it is only for REST APIs; here throttles also counts requests rejected by a used-up quota',
    routes: 'the values of the dimensions of a route are not documented for WebSocket APIs; leave it out',
    serverErrors: 'WebSocket APIs have executionErrors and integrationErrors; write these',
  },
  WebSocketGrantOptions: {
    routes: 'a signature is required when a client connects, not for messages; leave it out',
  },
  WebSocketAuthorizerOptions: {
    cacheAcrossRoutes: ONCE,
    identitySource: SOURCES,
    payloadFormatVersion: 'authorizers of WebSocket APIs receive one event format; leave it out',
    resultsCacheTtl: ONCE,
    simpleResponses: 'authorizers of WebSocket APIs respond with a policy; leave it out',
  },
  WebSocketCognitoAuthorizerOptions: {
    scopes:
      'the bundled function accepts ID tokens of a pool, which have no scopes; use WebSocketAuthorizer.jwt for access tokens',
  },
  WebSocketLambdaIntegrationOptions: {
    canary:
      'lambdaByStage selects the function of each stage with a variable, which a canary cannot shift; write lambda(fn, { canary }) on a gateway for each environment',
    credentialsRole: 'functions of WebSocket APIs are invoked through their resource-based policy; leave it out',
    payloadFormatVersion: 'functions of WebSocket APIs receive one event format; leave it out',
    requestParameters: MAPPED,
    responseParameters: MAPPED,
    streamResponse: STREAM,
  },
  WebSocketHttpIntegrationOptions: { responseParameters: MAPPED, streamResponse: STREAM },
  WebSocketNlbLinkIntegrationOptions: {
    insecureSkipVerification:
      'WebSocket APIs accept only certificates of public authorities; use one of ACM for the listener, or use RestGateway',
  },
  WebSocketServiceIntegrationOptions: { contentTypes: CONTENT, responseParameters: MAPPED },
  WebSocketMockIntegrationOptions: {
    contentType: CONTENT,
    statusCode: 'the response to a message is a message, which has no status; leave it out',
  },
  WebSocketIntegrationResponse: {
    statusOverrides: 'messages have no status; leave it out',
    contentHandling: 'a response is text; leave it out',
    headers: 'a message has no headers; write them into the template',
    statusCode: 'the response to a message is a message, which has no status; select the response by its key',
  },
  WebSocketGatewayAttributes: {
    apiName: 'metrics of WebSocket APIs have the id of the API; leave it out',
    endpointType: 'WebSocket APIs are REGIONAL; leave it out',
    rootResourceId: 'WebSocket APIs have routes and no resources; leave it out',
  },
};
