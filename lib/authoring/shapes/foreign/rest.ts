import { type Foreign } from './props';

const NAME = 'the name of a REST API is restApiName';
const MAPPING =
  'REST APIs map parameters in custom integrations only; write RestIntegration.lambdaCustom or .httpCustom, or leave it out';
const SOURCES =
  'an authorizer of a REST API looks for the token in one header; write identitySource: "method.request.header.Authorization"';
const RESPONSES =
  'REST APIs answer with the body of the service; map headers in RestIntegration.aws({ responses: [{ headers }] })';
const EVENTS = 'it is counted of WebSocket APIs; a REST API has clientErrors, serverErrors and latency';
const VPC_LINK = 'a VPC link V1 is of a load balancer, and has none; use RestIntegration.privateNlb, whose link is V2';
const SELECTION = 'REST APIs choose a template by the content type of the request; leave it out';

export const REST_LACKS: Foreign = {
  RestGatewayOptions: {
    canary: 'a canary is of one stage; write stages: { prod: { canary: StageCanary.of({ percent: 10 }) } }',
    disableSchemaValidation:
      'REST APIs have no such switch; they validate what a route has in request, so leave that out',
    httpApiName: NAME,
    routeSelectionExpression:
      'routes of a REST API are methods and paths; leave it out, or use WebSocketGateway to route by message',
    webSocketApiName: NAME,
  },
  RestRouteOptions: {
    allowOpenCatchAll: 'it is of HTTP APIs, whose catch-all takes misspelt routes too; leave it out',
    returnResponse: 'REST APIs answer every request; leave it out',
  },
  RestStageOptions: {
    autoDeploy: 'all stages of a REST API serve one deployment, made anew with every change; leave it out',
  },
  RestRequestOptions: {
    bodies: 'REST APIs have one schema for each content type; give it as body, with oneOf for several forms',
    modelSelectionExpression: 'REST APIs choose a schema by the content type of the request; write contentType',
  },
  RestAlarmsOptions: { connectErrors: EVENTS, executionErrors: EVENTS, integrationErrors: EVENTS },
  RestCognitoAuthorizerOptions: {
    userPool: 'an authorizer of a REST API is for one or more user pools; give them as userPools: [pool]',
    userPoolClients:
      'authorizers of REST APIs take tokens for every client of the pools; tell clients apart by scopes, or use RestAuthorizer.jwt with their ids as audience',
  },
  RestAuthorizerOptions: { tokenSources: SOURCES },
  RestLambdaIntegrationOptions: {
    canary:
      'lambdaByStage sets the function of each stage by a variable, which no canary moves; write lambda(fn, { canary }) on a gateway for each environment',
    credentialsRole: 'functions of REST APIs are invoked by their own permission; leave it out',
    payloadFormatVersion: 'functions of REST APIs get one form of event, which HTTP APIs call 1.0; leave it out',
    requestParameters: MAPPING,
    responseParameters: MAPPING,
  },
  RestHttpIntegrationOptions: { requestParameters: MAPPING, responseParameters: MAPPING },
  RestPrivateIntegrationOptions: { securityGroups: VPC_LINK, subnets: VPC_LINK, vpc: VPC_LINK, vpcLink: VPC_LINK },
  RestServiceIntegrationOptions: {
    requestTemplates: 'REST APIs have one template for each content type; write requestTemplate and contentTypes',
    responseParameters: RESPONSES,
    templateSelectionExpression: SELECTION,
  },
  RestIntegrationResponse: {
    template: 'REST APIs have a template for each content type; write templates: { "application/json": … }',
    templateSelectionExpression: SELECTION,
  },
  RestGatewayAttributes: {
    httpApiId: 'the id of a REST API is restApiId; of an HTTP API write HttpGateway.fromHttpGatewayAttributes',
    webSocketApiId:
      'the id of a REST API is restApiId; of a WebSocket API write WebSocketGateway.fromWebSocketGatewayAttributes',
  },
};
