import { type Foreign } from './props';

const MAPPING =
  'REST APIs map parameters only in custom integrations; write RestIntegration.lambdaCustom or .httpCustom, or leave it out';
const SOURCES =
  'an authorizer of a REST API reads the token from one header; write identitySource: "method.request.header.Authorization"';
const RESPONSES =
  'REST APIs respond with the body of the service; map headers in RestIntegration.aws({ responses: [{ headers }] })';
const EVENTS = 'only WebSocket APIs have this metric; a REST API has clientErrors, serverErrors and latency';
const VPC_LINK = 'a VPC link V1 belongs to a load balancer, and has none; use RestIntegration.nlb, whose link is V2';
const SELECTION = 'REST APIs choose a template by the content type of the request; leave it out';

export const REST_LACKS: Foreign = {
  RestIntegration: {
    appConfig: 'REST APIs do not read AWS AppConfig; read the configuration in a function, or use HttpGateway',
    cloudMap:
      'a REST API has no integration with Cloud Map; put the service behind a load balancer and write RestIntegration.alb(listener), or use HttpGateway',
  },
  RestGatewayOptions: {
    canary: 'a canary belongs to one stage; write stages: { prod: { canary: StageCanary.of({ percent: 10 }) } }',
    disableSchemaValidation: 'REST APIs have no such setting; they validate the request of a route, so leave that out',
    routeSelectionExpression:
      'routes of a REST API are methods and paths; leave it out, or use WebSocketGateway to route by message',
  },
  RestRouteOptions: {
    allowOpenCatchAll: 'it is only for HTTP APIs, whose catch-all also matches misspelled routes; leave it out',
    returnResponse: 'REST APIs respond to every request; leave it out',
  },
  RestAdoptOptions: {
    routes: 'the routes of a REST API are in its document and have no logical ids; leave it out',
  },
  RestStageOptions: {
    autoDeploy: 'all stages of a REST API serve one deployment, which is replaced with every change; leave it out',
  },
  RestRequestOptions: {
    bodies: 'REST APIs have one schema for each content type; set it as body, with oneOf for several forms',
    modelSelectionExpression: 'REST APIs choose a schema by the content type of the request; write contentType',
  },
  RestAlarmsOptions: { connectErrors: EVENTS, executionErrors: EVENTS, integrationErrors: EVENTS },
  RestCognitoAuthorizerOptions: {
    userPoolClients:
      'authorizers of REST APIs accept tokens for every client of the pools; distinguish clients by scopes, or use RestAuthorizer.jwt with their ids as audience',
  },
  RestAuthorizerOptions: { tokenSources: SOURCES },
  RestLambdaAuthorizerOptions: {
    cacheAcrossRoutes:
      'a cached decision of a REST API applies to all routes of the stage; leave it out, and let the policy cover all of them',
    payloadFormatVersion: 'authorizers of REST APIs receive one event format, which HTTP APIs call 1.0; leave it out',
    simpleResponses: 'authorizers of REST APIs respond with a policy; leave it out',
  },
  RestLambdaIntegrationOptions: {
    canary:
      'lambdaByStage selects the function of each stage with a variable, which a canary cannot shift; write lambda(fn, { canary }) on a gateway for each environment',
    credentialsRole: 'functions of REST APIs are invoked through their resource-based policy; leave it out',
    payloadFormatVersion: 'functions of REST APIs receive one event format, which HTTP APIs call 1.0; leave it out',
    requestParameters: MAPPING,
    responseParameters: MAPPING,
  },
  RestHttpIntegrationOptions: { requestParameters: MAPPING, responseParameters: MAPPING },
  RestNlbLinkIntegrationOptions: { securityGroups: VPC_LINK, subnets: VPC_LINK, vpc: VPC_LINK },
  RestServiceIntegrationOptions: {
    requestTemplates: 'REST APIs have one template for each content type; write requestTemplate and contentTypes',
    responseParameters: RESPONSES,
    templateSelectionExpression: SELECTION,
  },
  RestIntegrationResponse: {
    template: 'REST APIs have a template for each content type; write templates: { "application/json": … }',
    templateSelectionExpression: SELECTION,
  },
};
