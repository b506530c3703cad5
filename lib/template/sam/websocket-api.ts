import { type Expansion, type SamResource, within } from './expansion';
import { stageOf } from './http-api';
import { CANNOT_TELL, dict, entriesOf, given, isIntrinsic, type Json, ref, sub, text } from './json';
import { restArn } from './rest-events';
import { addV2Domain } from './v2-domain';

const V2 = 'AWS::ApiGatewayV2::';
const ON_API = [
  'ApiKeySelectionExpression',
  'Description',
  'DisableExecuteApiEndpoint',
  'DisableSchemaValidation',
  'IpAddressType',
  'RouteSelectionExpression',
];
const ON_ROUTE = [
  'ApiKeyRequired',
  'ModelSelectionExpression',
  'OperationName',
  'RequestModels',
  'RequestParameters',
  'RouteResponseSelectionExpression',
];

/**
 * What SAM makes of an `AWS::Serverless::WebSocketApi`.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html
 */
export function expandWebSocketApi(expansion: Expansion, resource: SamResource): void {
  const { logicalId, properties } = resource;
  const name = given(properties.StageName) ?? 'default';
  const stage = `${logicalId}${name === 'default' ? 'Default' : (text(name) ?? '')}Stage`;
  expansion.replace(resource, `${V2}Api`, {
    ...Object.fromEntries(ON_API.map((property) => [property, properties[property]])),
    Name: properties.Name ?? logicalId,
    ProtocolType: 'WEBSOCKET',
  });
  const routes = entriesOf(properties.Routes);
  for (const [key, value] of routes) {
    addRoute(expansion, resource, key, dict(value) ?? {}, name);
  }
  if (isIntrinsic(properties.Routes)) {
    expansion.add(
      `${logicalId}HiddenRoute`,
      `${V2}Route`,
      {
        ApiId: ref(logicalId),
        RouteKey: CANNOT_TELL,
        Target: CANNOT_TELL,
        AuthorizerId: CANNOT_TELL,
        AuthorizationType: CANNOT_TELL,
      },
      resource,
    );
  }
  addAuthorizer(expansion, resource);
  const isAfterRoutes = given(properties.RouteSettings) !== undefined;
  const dependsOn = isAfterRoutes ? routes.map(([key]) => routeId(logicalId, key, 'Route')) : undefined;
  expansion.add(stage, `${V2}Stage`, { StageName: name, ...stageOf(resource) }, resource, { dependsOn });
  expansion.references.set(`${logicalId}.Stage`, stage);
  addV2Domain(expansion, resource, stage);
}

/** `$connect` as `Connect`, and a custom key with a capital first letter and lower case after it. */
function routeId(api: string, key: string, suffix: string): string {
  const name = key.replace(/^\$/, '');
  return `${api}${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}${suffix}`;
}

function addRoute(expansion: Expansion, resource: SamResource, key: string, route: Json, stage: unknown): void {
  const { logicalId, properties } = resource;
  const [id, integration, permission] = ['Route', 'Integration', 'Permission'].map((kind) =>
    routeId(logicalId, key, kind),
  );
  const place = within(resource, 'Routes', key);
  const auth = key === '$connect' ? dict(properties.Auth) : undefined;
  const type = properties.Auth !== undefined && !auth && key === '$connect' ? properties.Auth : auth?.AuthType;
  expansion.add(
    id,
    `${V2}Route`,
    {
      ApiId: ref(logicalId),
      RouteKey: key,
      ...Object.fromEntries(ON_ROUTE.map((name) => [name, route[name]])),
      Target: { 'Fn::Join': ['/', ['integrations', ref(integration)]] },
      AuthorizationType: type,
      AuthorizerId: type === 'CUSTOM' ? ref(`${logicalId}ConnectAuthorizer`) : undefined,
    },
    resource,
    { place },
  );
  const uri =
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations';
  expansion.add(
    integration,
    `${V2}Integration`,
    {
      ApiId: ref(logicalId),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: sub(uri, { FunctionArn: route.FunctionArn }),
      TimeoutInMillis: route.IntegrationTimeout,
    },
    resource,
    { place },
  );
  expansion.written.add(
    integration,
    ['Properties', 'TimeoutInMillis'],
    within(resource, 'Routes', key, 'IntegrationTimeout'),
  );
  expansion.written.add(id, ['Properties', 'AuthorizationType'], within(resource, 'Auth', 'AuthType'));
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${logicalId}.ApiId}/`;
  expansion.add(
    permission,
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: route.FunctionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn:
        typeof stage === 'string'
          ? sub(`${arn}${stage}/${key}`)
          : sub(`${arn}\${__StageName__}/${key}`, { __StageName__: stage }),
    },
    resource,
    { place },
  );
}

/** The one authorizer of a WebSocket API, asked on `$connect`. */
function addAuthorizer(expansion: Expansion, resource: SamResource): void {
  const { logicalId, properties } = resource;
  const auth = dict(properties.Auth);
  if (auth?.AuthType !== 'CUSTOM') {
    return;
  }
  const { AuthArn: fn, InvokeRole: role } = auth;
  const id = `${logicalId}ConnectAuthorizer`;
  const place = within(resource, 'Auth');
  const uri = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations';
  expansion.add(
    id,
    `${V2}Authorizer`,
    {
      ApiId: ref(logicalId),
      Name: given(auth.Name) ?? id,
      AuthorizerType: 'REQUEST',
      AuthorizerUri: sub(uri, { AuthArn: fn }),
      AuthorizerCredentialsArn: role,
      IdentitySource: auth.IdentitySource,
    },
    resource,
    { place },
  );
  if (given(role) === undefined) {
    expansion.add(
      `${logicalId}AuthorizerPermission`,
      'AWS::Lambda::Permission',
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: fn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: restArn(logicalId, 'authorizers/*'),
      },
      resource,
      { place },
    );
  }
}
