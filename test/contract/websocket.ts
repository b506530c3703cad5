import { type IWebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketAuthorizer, WebSocketGateway, type WebSocketGatewayProps, WebSocketIntegration } from '../../lib';
import { jsonFormat } from '../../lib/operate/access-log-format';
import { DEFAULT_LOG_FIELDS } from '../../lib/operate/default-log-fields';
import { type Json } from '../support/stacks';
import { deployed } from '../support/velocity';
import { routeIn } from '../websocket/support';
import { type Guard, type Kind } from './kind';
import { v2StageView, V2_TYPES } from './v2';

function guard(template: Json, key: string): Guard {
  const { AuthorizationType, AuthorizerId } = routeIn(template, key);
  if (AuthorizationType !== 'CUSTOM') return AuthorizationType === 'AWS_IAM' ? 'iam' : 'nobody';
  const { AuthorizerUri } = deployed(template.Resources[AuthorizerId].Properties);
  return AuthorizerUri.includes('ApiAuthorizer') ? 'token' : 'function';
}

export const webSocket: Kind = {
  name: 'WebSocketGateway',
  create: (scope, id, props) => new WebSocketGateway(scope, id, props as WebSocketGatewayProps),
  authorizers: WebSocketAuthorizer,
  integrations: WebSocketIntegration,
  idOf: (imported) => (imported as IWebSocketApi).apiId,
  importOf: (scope, id, apiId, attributes) =>
    WebSocketGateway.fromWebSocketGatewayAttributes(scope, id, { ...attributes, apiId }),
  keys: ['$connect', 'orders/list', 'orders/get'],
  beside: ['$default'],
  misspelt: 'orders/lst',
  sources: ['$connect', 'orders/list', 'orders/get'],
  covering: 'orders/*t',
  types: V2_TYPES,
  defaultStage: 'prod',
  deployed: {},
  accessLogFormat: jsonFormat(DEFAULT_LOG_FIELDS.websocket),
  accessLogProperty: 'AccessLogSettings',
  url: (apiId, stage) => `wss://${apiId}.execute-api.eu-west-1.AWS::URLSuffix/${stage}`,
  stageView: v2StageView,
  guard,
  criticalAlarms: ['the back-end is not reached', 'the back-end answers with errors'],
  dimensions: (ApiId) => ({ ApiId }),
  routeDimensions: { Method: 'orders/list', Resource: 'orders/list' },
  refused: {
    gateway: {
      restApiName: /the name of an API is apiName/,
      httpApiName: /the name of an API is apiName/,
      cors: /let the authorizer compare the Origin header/,
      webAcl: /Put a CloudFront distribution with a web ACL/,
      endpointType: /leave it out/,
      canary: /WebSocketIntegration\.lambda\(fn, \{ canary: LambdaCanary\.linear/,
      apiKeyRequired: /set apiKeyRequired: true on \$connect/,
    },
    stage: {
      cache: /respond from your own store/,
      canary: /WebSocketIntegration\.lambda\(fn, \{ canary: LambdaCanary\.linear/,
      tracing: /trace the functions behind it/,
    },
    route: { cache: /respond from your own store/, scopes: /set them on the authorizer/ },
  },
  skip: {
    'circles: in a document, a variable of each stage stands for the function, which may be called as before':
      'There is no document: the integration refers to the function, and the API to neither.',
    'circles: what else a document refers to is an error that shows the way':
      'There is no document: the integration refers to the queue, and the API to neither.',
    'cors: the origins are told, also where routes ask for authorization':
      'browsers ask nobody before they open a WebSocket; the authorizer of $connect looks at the Origin header',
    'cors: credentials for every origin are refused': 'there is no CORS of WebSocket APIs, and the prop is refused',
  },
};
