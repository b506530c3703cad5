import { type Foreign } from './props';

const CLAIMS = 'API Gateway itself checks issuer, audience and scopes in HTTP APIs; use REQUEST';
const HTTP_ANSWERS = 'responses of services are passed on unchanged; use responseParameters, or RestGateway';
const HTTP_BODIES = 'HTTP APIs have no templates; use requestParameters, or RestGateway';
const MEMBERS = 'the integration is an object of the document; write extension';
const PROPERTIES = 'the integration is a separate resource; write properties';
const ONCE = 'a WebSocket API asks once, when a client connects, and keeps no decision; leave it out';
const EVENT = 'the function gets the one form of event there is; leave it out';
const POLICY = 'the function returns an IAM policy; leave it out';
const POOLS = 'user pools alone are of REST APIs; use type JWT with the issuer of the pool';
const SHARED = 'routes of the document share equal parts automatically; leave it out';
const NAMED = 'integrations have no names here; leave it out';
const SUBTYPE = 'subtypes are of HTTP APIs; use type AWS with a uri of the service';
const SELECTED = 'templates are chosen by content type; write requestTemplates: { "application/json": … }';
const RESPONSE_HEADERS = 'changes to responses are of HTTP APIs; write responses';
const SERVER_NAME = 'the host of the uri is the name that is verified; leave it out';
const STREAM = 'does not stream responses; use RestGateway';
const KEPT_PER_ROUTE = 'a kept decision holds for all routes of the stage; leave it out';
const TOKEN_PLACE = 'the token is in one header; write identitySources';

/** What `bind` returns, by kind of API. */
export const CONFIG_LACKS: Foreign = {
  RestIntegrationConfig: {
    integrationName: NAMED,
    payloadFormatVersion: EVENT,
    properties: MEMBERS,
    requestTemplate: SELECTED,
    responseParameters: RESPONSE_HEADERS,
    secureServerName: SERVER_NAME,
    sharedAs: SHARED,
    subtype: SUBTYPE,
    templateSelectionExpression: SELECTED,
  },
  HttpIntegrationConfig: {
    contentHandling: HTTP_BODIES,
    insecureSkipVerification: 'say which name the certificate is for; write secureServerName',
    integrationTarget: 'the uri is the ARN of the listener or service; leave it out',
    passthroughBehavior: HTTP_BODIES,
    properties: MEMBERS,
    requestTemplate: HTTP_BODIES,
    requestTemplates: HTTP_BODIES,
    responses: HTTP_ANSWERS,
    sharedAs: SHARED,
    streamResponse: `an HTTP API ${STREAM}`,
    templateParameters: HTTP_BODIES,
    templateSelectionExpression: HTTP_BODIES,
    textTemplates: HTTP_BODIES,
  },
  WebSocketIntegrationConfig: {
    contentHandling: 'messages are text; leave it out',
    extension: PROPERTIES,
    insecureSkipVerification: 'a WebSocket API verifies every certificate; leave it out',
    integrationName: 'for an integration of several routes, write sharedAs',
    integrationTarget: 'VPC links V2 are not of WebSocket APIs; leave it out',
    passthroughBehavior: 'nothing goes past templates if there are any; leave it out',
    payloadFormatVersion: EVENT,
    responseParameters: RESPONSE_HEADERS,
    secureServerName: SERVER_NAME,
    streamResponse: `a WebSocket API ${STREAM}, or send several messages`,
    subtype: SUBTYPE,
    templateParameters: 'templates of WebSocket APIs have no query and no headers; write requestParameters',
    textTemplates: 'messages are text; leave it out',
  },
  RestAuthorizerConfig: {
    cacheAcrossRoutes: KEPT_PER_ROUTE,
    payloadFormatVersion: EVENT,
    simpleResponses: POLICY,
    tokenSources: TOKEN_PLACE,
  },
  HttpAuthorizerConfig: {
    algorithms: CLAIMS,
    clockTolerance: CLAIMS,
    requiredClaims: CLAIMS,
    tokenSources: 'the token is in one place; write identitySources',
    userPools: POOLS,
    validationRegex: 'there is no check before the function; do it there',
  },
  WebSocketAuthorizerConfig: {
    cacheAcrossRoutes: ONCE,
    payloadFormatVersion: EVENT,
    resultsCacheTtl: ONCE,
    simpleResponses: POLICY,
    userPools: POOLS,
    validationRegex: 'there is no check before the function; do it there',
  },
};
