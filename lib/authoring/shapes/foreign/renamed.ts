import { type Foreign } from './props';

const NAME = 'the name of an API is apiName, in all kinds';
const POOL = 'write userPools: [pool], as in all kinds';

/** Names of earlier versions → what to write, if no deprecated option or method replaces them. */
export const RENAMED: Foreign = {
  RestGatewayOptions: { httpApiName: NAME, restApiName: NAME, webSocketApiName: NAME },
  HttpGatewayOptions: { httpApiName: NAME, restApiName: NAME, webSocketApiName: NAME },
  WebSocketGatewayOptions: { httpApiName: NAME, restApiName: NAME, webSocketApiName: NAME },
  RestCognitoAuthorizerOptions: { userPool: POOL },
  HttpCognitoAuthorizerOptions: { userPool: POOL },
  WebSocketCognitoAuthorizerOptions: { userPool: POOL },
  RestIntegration: {
    privateAlb: 'write RestIntegration.alb(listener), or .albLoadBalancer(loadBalancer) without a listener',
    privateNlb: 'write RestIntegration.nlb(listener), or .nlbLoadBalancer(loadBalancer) without a listener',
  },
};
