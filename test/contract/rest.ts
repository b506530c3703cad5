import { type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';
import { jsonFormat } from '../../lib/operate/access-log-format';
import { DEFAULT_LOG_FIELDS } from '../../lib/operate/default-log-fields';
import { type Json, resource } from '../support/stacks';
import { type Guard, type Kind } from './kind';

const API = 'AWS::ApiGateway::RestApi';

function operation(template: Json, key: string): Json {
  const [method, path] = key.split(' ');
  return resource(template, API).Properties.Body.paths[path][method.toLowerCase()];
}

function guard(template: Json, key: string): Guard {
  const name = Object.keys(operation(template, key).security?.[0] ?? {})[0];
  if (name === undefined) return 'nobody';
  const scheme = resource(template, API).Properties.Body.components.securitySchemes[name];
  const authorizer = scheme['x-amazon-apigateway-authorizer'];
  if (!authorizer) return scheme['x-amazon-apigateway-authtype'] === 'awsSigv4' ? 'iam' : 'nobody';
  return JSON.stringify(authorizer.authorizerUri).includes('ApiAuthorizer') ? 'token' : 'function';
}

export const rest: Kind = {
  name: 'RestGateway',
  create: (scope, id, props) => new RestGateway(scope, id, props as RestGatewayProps),
  authorizers: RestAuthorizer,
  integrations: RestIntegration,
  least: { webAcl: WebAcl.none('test') },
  idOf: (imported) => (imported as IRestApi).restApiId,
  importOf: (scope, id, apiId, attributes) =>
    RestGateway.fromRestGatewayAttributes(scope, id, { ...attributes, apiId, apiName: 'Api' }),
  keys: ['GET /orders', 'POST /orders', 'GET /orders/{id}'],
  misspelt: 'POST /order',
  sources: ['GET/orders', 'POST/orders', 'GET/orders/*'],
  covering: '*/orders*',
  types: { api: API, stage: 'AWS::ApiGateway::Stage', deployment: 'AWS::ApiGateway::Deployment' },
  defaultStage: 'prod',
  deployed: {},
  accessLogFormat: jsonFormat(DEFAULT_LOG_FIELDS.rest),
  accessLogProperty: 'AccessLogSetting',
  url: (apiId, stage) => `https://${apiId}.execute-api.eu-west-1.AWS::URLSuffix/${stage}/`,
  stageView: (properties) => {
    const limits = (setting: Json) => ({
      rateLimit: setting.ThrottlingRateLimit,
      burstLimit: setting.ThrottlingBurstLimit,
    });
    const [all, ...routes] = properties.MethodSettings;
    return {
      name: properties.StageName,
      variables: properties.Variables ?? {},
      accessLog: {
        destination: properties.AccessLogSetting.DestinationArn,
        format: properties.AccessLogSetting.Format,
      },
      limits: limits(all),
      routeLimits: Object.fromEntries(
        routes.map((setting: Json) => [
          `${setting.HttpMethod} ${setting.ResourcePath.slice(1).replaceAll('~1', '/')}`,
          limits(setting),
        ]),
      ),
      deploymentId: properties.DeploymentId,
    };
  },
  guard,
  criticalAlarms: ['requests fail with 5XX'],
  dimensions: (_apiId, ApiName) => ({ ApiName }),
  routeDimensions: { Method: 'POST', Resource: '/orders' },
  cors: (template, key) => {
    const preflight = operation(template, `OPTIONS ${key.split(' ')[1]}`);
    return { origins: JSON.stringify(preflight), open: preflight.security === undefined };
  },
  refused: {
    gateway: {
      canary: /a canary belongs to one stage.*stages: \{ prod: \{ canary/,
      httpApiName: /the name of an API is apiName/,
      webSocketApiName: /the name of an API is apiName/,
      routeSelectionExpression: /routes of a REST API are methods and paths.*WebSocketGateway/,
    },
    stage: { autoDeploy: /all stages of a REST API serve one deployment.*leave it out/ },
    route: { returnResponse: /REST APIs respond to every request.*leave it out/ },
  },
  skip: {
    'added: a stage brings the deployment that it serves':
      'all stages of a REST API serve its one deployment, which is there from the beginning',
    'added: a stage that deploys by itself comes after all routes': 'no stage of a REST API deploys by itself',
  },
};
