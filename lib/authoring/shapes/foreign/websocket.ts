import { WEB_ACL_REFUSED } from '../../../facts/web-acl';
import { type Foreign } from './props';

const NO_CORS =
  'browsers send no preflight for a WebSocket, and pages of every origin may connect; have the authorizer compare the Origin header with those you allow';
const NO_CACHE = 'messages are not cached; answer them from a store of your own';
const NO_XRAY =
  'AWS X-Ray does not trace WebSocket APIs; take the requestId of the access log along, or trace the functions behind it';
const NO_PRIVATE =
  'there are no private WebSocket APIs; let an authorizer decide who may connect, or use a REST gateway';
const CANARY =
  'WebSocket stages have no canary; shift the traffic of the functions with WebSocketIntegration.lambda(fn, { canary: LambdaCanary.linear(…) })';
const NO_OPENAPI = 'there is no OpenAPI of WebSocket APIs; leave it out';
const ONCE = 'a WebSocket API asks for a client once, when it connects, and keeps no decision; leave it out';
const SOURCES = 'a WebSocket authorizer looks for the token in one or more places; write tokenSources';
const MAPPED =
  'messages have no headers to map; write them into the message, in the function or the template of the response';
const CONTENT = 'messages have no content type; leave it out';
const STREAM =
  'there are no streams of WebSocket APIs; send several messages to the connection, which grantManageConnections allows';

const V1_ONLY =
  'WebSocket APIs take VPC links V1 only, which are of a Network Load Balancer; write WebSocketIntegration.nlbLink(loadBalancer, { host })';
const OBJECTS = 'a message is too small for an object; have a function give the client a presigned URL';
const viaAws = (service: string, action: string): string =>
  `write WebSocketIntegration.aws({ service: '${service}', action: '${action}', iamActions, resources, requestTemplate })`;

export const WEBSOCKET_LACKS: Foreign = {
  WebSocketGateway: { fromOpenApi: 'there is no OpenAPI of WebSocket APIs; write the routes' },
  WebSocketIntegration: {
    alb: V1_ONLY,
    albLoadBalancer: V1_ONLY,
    appConfig: 'WebSocket APIs do not read AWS AppConfig; read the configuration in a function',
    cloudMap: V1_ONLY,
    eventBridge: viaAws('events', 'PutEvents'),
    httpCustom:
      'the message goes to the back-end as it is; write WebSocketIntegration.http(url, { requestParameters }), or use a function',
    kinesis: viaAws('kinesis', 'PutRecord'),
    lambdaCustom: 'a function gets the message as it is; write WebSocketIntegration.lambda(fn)',
    nlb: V1_ONLY,
    nlbLoadBalancer: V1_ONLY,
    s3Get: OBJECTS,
    s3Put: OBJECTS,
    sns: viaAws('sns', 'Publish'),
    stepFunctionsStartSync:
      'write stepFunctionsStart, which does not wait, and have the state machine send the answer to the connection',
  },
  WebSocketAuthorizer: {
    lambdaToken:
      'authorizers of WebSocket APIs get the request; write WebSocketAuthorizer.lambda(fn, { identitySources: ["route.request.header.Authorization"] })',
  },
  WebSocketGatewayOptions: {
    access: `WebSocket APIs have no resource policy; ${NO_PRIVATE}`,
    apiKeyRequired: 'a key is asked for when a client connects; give $connect apiKeyRequired: true',
    binaryMediaTypes: 'a message is text or bytes by its own frame; leave it out',
    canary: CANARY,
    cors: NO_CORS,
    definition: 'there is no OpenAPI of WebSocket APIs; write the routes',
    documentationVersion: 'WebSocket APIs have no documentation parts; leave it out',
    endpointAccessMode: 'it is of REST APIs; leave it out',
    endpointType: 'a WebSocket API is Regional; leave it out',
    gatewayResponses:
      'WebSocket APIs answer errors of their own in one form only, { "message", "connectionId", "requestId" }',
    minimumCompressionSize: 'WebSocket APIs do not compress; leave it out',
    securityPolicy: 'a WebSocket API takes TLS 1.2 and 1.3 only; set the policy of its domain name',
    vpcEndpoints: NO_PRIVATE,
    webAcl: WEB_ACL_REFUSED.websocket,
  },
  WebSocketRouteOptions: {
    allowOpenCatchAll: 'who may send a message was asked when its client connected; leave it out',
    cache: NO_CACHE,
    cors: NO_CORS,
    description: NO_OPENAPI,
    scopes: 'scopes are asked for when a client connects; set them on the authorizer',
    summary: NO_OPENAPI,
  },
  WebSocketRequestOptions: { contentType: CONTENT },
  WebSocketStageOptions: {
    cache: NO_CACHE,
    canary: CANARY,
    tracing: NO_XRAY,
  },
  WebSocketStageRouteOptions: { cache: NO_CACHE },
  WebSocketAlarmsOptions: {
    latency: 'CloudWatch has no such metric of WebSocket APIs; write integrationLatency',
    quotaExceeded: 'it is for REST APIs; here throttles tells of a used-up quota as well',
    routes: 'nothing says what the dimensions of a route hold for WebSocket APIs; leave it out',
    serverErrors: 'WebSocket APIs count executionErrors and integrationErrors; write these',
  },
  WebSocketGrantOptions: {
    routes: 'a signature is asked for when a client connects, and for no message; leave it out',
  },
  WebSocketAuthorizerOptions: {
    cacheAcrossRoutes: ONCE,
    identitySource: SOURCES,
    payloadFormatVersion: 'authorizers of WebSocket APIs get one form of event; leave it out',
    resultsCacheTtl: ONCE,
    simpleResponses: 'authorizers of WebSocket APIs answer with a policy; leave it out',
  },
  WebSocketCognitoAuthorizerOptions: {
    scopes:
      'the bundled function takes ID tokens of a pool, which have no scopes; use WebSocketAuthorizer.jwt for access tokens',
  },
  WebSocketLambdaIntegrationOptions: {
    canary:
      'lambdaByStage sets the function of each stage by a variable, which no canary moves; write lambda(fn, { canary }) on a gateway for each environment',
    credentialsRole: 'functions of WebSocket APIs are invoked by their own permission; leave it out',
    payloadFormatVersion: 'functions of WebSocket APIs get one form of event; leave it out',
    requestParameters: MAPPED,
    responseParameters: MAPPED,
    streamResponse: STREAM,
  },
  WebSocketHttpIntegrationOptions: { responseParameters: MAPPED, streamResponse: STREAM },
  WebSocketNlbLinkIntegrationOptions: {
    insecureSkipVerification:
      'WebSocket APIs take certificates of public authorities only; give the listener one of ACM, or use RestGateway',
  },
  WebSocketServiceIntegrationOptions: { contentTypes: CONTENT, responseParameters: MAPPED },
  WebSocketMockIntegrationOptions: {
    contentType: CONTENT,
    statusCode: 'a message is answered by a message, which has no status; leave it out',
  },
  WebSocketIntegrationResponse: {
    statusOverrides: 'messages have no status; leave it out',
    contentHandling: 'an answer is text; leave it out',
    headers: 'a message has no headers; write them into the template',
    statusCode: 'a message is answered by a message, which has no status; select the response by its key',
  },
  WebSocketGatewayAttributes: {
    apiName: 'metrics of WebSocket APIs have the id of the API; leave it out',
    endpointType: 'WebSocket APIs are REGIONAL; leave it out',
    rootResourceId: 'WebSocket APIs have routes and no resources; leave it out',
  },
};
