import { type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAuthorizer, HttpGateway, type HttpGatewayProps, HttpIntegration } from '../../lib';
import { jsonFormat } from '../../lib/operate/access-log-format';
import { DEFAULT_LOG_FIELDS } from '../../lib/operate/default-log-fields';
import { type Json, resource } from '../support/stacks';
import { type Guard, type Kind } from './kind';
import { v2StageView, V2_TYPES } from './v2';

const bodyOf = (template: Json): Json => resource(template, V2_TYPES.api).Properties.Body;

function guard(template: Json, key: string): Guard {
  const [method, path] = key.split(' ');
  const body = bodyOf(template);
  const operation = body.paths[path][method.toLowerCase()];
  const name = Object.keys(operation.security?.[0] ?? {})[0];
  if (name === undefined) return 'nobody';
  const scheme = body.components.securitySchemes[name];
  const authorizer = scheme['x-amazon-apigateway-authorizer'];
  if (!authorizer) return scheme['x-amazon-apigateway-authtype'] === 'awsSigv4' ? 'iam' : 'nobody';
  return authorizer.type === 'jwt' ? 'token' : 'function';
}

export const http: Kind = {
  name: 'HttpGateway',
  create: (scope, id, props) => new HttpGateway(scope, id, props as HttpGatewayProps),
  authorizers: HttpAuthorizer,
  integrations: HttpIntegration,
  idOf: (imported) => (imported as IHttpApi).apiId,
  importOf: (scope, id, apiId, attributes) =>
    HttpGateway.fromHttpGatewayAttributes(scope, id, { ...attributes, apiId }),
  keys: ['GET /orders', 'POST /orders', 'GET /orders/{id}'],
  misspelt: 'POST /order',
  sources: ['GET/orders', 'POST/orders', 'GET/orders/*'],
  covering: '*/orders*',
  types: V2_TYPES,
  defaultStage: '$default',
  deployed: { autoDeploy: false },
  accessLogFormat: jsonFormat(DEFAULT_LOG_FIELDS.http),
  accessLogProperty: 'AccessLogSettings',
  url: (apiId, stage) =>
    `https://${apiId}.execute-api.eu-west-1.AWS::URLSuffix/${stage === '$default' ? '' : `${stage}/`}`,
  stageView: v2StageView,
  guard,
  criticalAlarms: ['requests fail with 5XX'],
  dimensions: (ApiId) => ({ ApiId }),
  routeDimensions: { Method: 'POST', Resource: '/orders' },
  cors: (template) => ({
    origins: JSON.stringify(bodyOf(template)['x-amazon-apigateway-cors']),
    // API Gateway answers by itself, before it looks for a route and its authorizer.
    open: true,
  }),
  refused: {
    gateway: {
      restApiName: /the name of an API is apiName/,
      webSocketApiName: /the name of an API is apiName/,
      routeSelectionExpression: /routes of an HTTP API are methods and paths.*WebSocketGateway/,
      webAcl: /Put a CloudFront distribution with a web ACL/,
      usagePlans: /use RestGateway/,
      endpointType: /use RestGateway, or put CloudFront in front/,
      canary: /HttpIntegration\.lambda\(fn, \{ canary: LambdaCanary\.linear/,
    },
    stage: {
      cache: /put CloudFront in front, or use RestGateway/,
      canary: /HttpIntegration\.lambda\(fn, \{ canary: LambdaCanary\.linear/,
      tracing: /trace the functions behind them, or use RestGateway/,
      executionLogging: /the access log contains errors/,
      executionLog: /the access log contains errors/,
    },
    route: {
      request: /validate in the back end, or use RestGateway/,
      cache: /put CloudFront in front, or use RestGateway/,
      apiKeyRequired: /use RestGateway/,
      returnResponse: /HTTP APIs respond to every request.*leave it out/,
    },
  },
  skip: {
    'added: plans and keys make the template that they make in the props': 'HTTP APIs have no usage plans and API keys',
    'added: plans and keys are returned, and what is there already is refused':
      'HTTP APIs have no usage plans and API keys',
  },
};
