import { WEB_ACL_REFUSED } from '../facts/web-acl';
import { type ForeignProps } from '../shared/foreign-props';

const NO_CORS =
  'browsers send no preflight for a WebSocket, and pages of every origin may connect; have the authorizer compare the Origin header with those you allow';
const NO_CACHE = 'messages are not cached; answer them from a store of your own';
const NO_XRAY =
  'AWS X-Ray does not trace WebSocket APIs; take the requestId of the access log along, or trace the functions behind it';
const NO_PRIVATE =
  'there are no private WebSocket APIs; let an authorizer decide who may connect, or use a REST gateway';

export const GATEWAY_PROPS_OF_OTHERS: ForeignProps = {
  cors: NO_CORS,
  webAcl: WEB_ACL_REFUSED.websocket,
  gatewayResponses:
    'WebSocket APIs answer errors of their own in one form only, { "message", "connectionId", "requestId" }',
  endpointType: 'a WebSocket API is Regional; leave it out',
  vpcEndpoints: NO_PRIVATE,
  apiKeyRequired: 'a key is asked for when a client connects; give $connect apiKeyRequired: true',
  access: `WebSocket APIs have no resource policy; ${NO_PRIVATE}`,
  securityPolicy: 'a WebSocket API takes TLS 1.2 and 1.3 only; set the policy of its domain name',
  endpointAccessMode: 'it is of REST APIs; leave it out',
  binaryMediaTypes: 'a message is text or bytes by its own frame; leave it out',
  minimumCompressionSize: 'WebSocket APIs do not compress; leave it out',
  documentationVersion: 'WebSocket APIs have no documentation parts; leave it out',
  restApiName: 'the name of a WebSocket API is webSocketApiName',
  httpApiName: 'the name of a WebSocket API is webSocketApiName',
  definition: 'there is no OpenAPI of WebSocket APIs; write the routes',
  canary:
    'WebSocket stages have no canary; shift the traffic of the functions with WebSocketIntegration.lambda(fn, { canary: LambdaCanary.linear(…) })',
};

export const STAGE_PROPS_OF_OTHERS: ForeignProps = {
  cache: NO_CACHE,
  tracing: NO_XRAY,
  canary: GATEWAY_PROPS_OF_OTHERS.canary,
};

export const INTEGRATION_OPTIONS_OF_OTHERS: ForeignProps = {
  insecureSkipVerification:
    'WebSocket APIs take certificates of public authorities only; give the listener one of ACM, or use RestGateway',
  streamResponse: 'WebSocket APIs do not stream responses; send several messages with the callback URL',
};

export const ROUTE_PROPS_OF_OTHERS: ForeignProps = {
  cors: NO_CORS,
  cache: NO_CACHE,
  scopes: 'scopes are asked for when a client connects; set them on the authorizer',
  summary: 'there is no OpenAPI of WebSocket APIs; leave it out',
};
