import { type ForeignProps } from '../shared/foreign-props';

const NAME = 'the name of a REST API is restApiName';

export const REFUSED_OF_GATEWAY: ForeignProps = {
  canary: 'a canary is of one stage; write stages: { prod: { canary: StageCanary.of({ percent: 10 }) } }',
  httpApiName: NAME,
  routeSelectionExpression:
    'routes of a REST API are methods and paths; leave it out, or use WebSocketGateway to route by message',
  webSocketApiName: NAME,
};

export const REFUSED_OF_ROUTE: ForeignProps = {
  allowOpenCatchAll: 'it is of HTTP APIs, whose catch-all takes misspelt routes too; leave it out',
  returnResponse: 'REST APIs answer every request; leave it out',
};

export const REFUSED_OF_STAGE: ForeignProps = {
  autoDeploy: 'all stages of a REST API serve one deployment, made anew with every change; leave it out',
};
