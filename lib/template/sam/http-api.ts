import { type ApiDraft } from './apis';
import { type ApiDocument } from './document';
import { type ApiEvent } from './events';
import { type Expansion, idOf, type SamResource, within } from './expansion';
import { dict, entriesOf, given, isIntrinsic, type Json, put, ref } from './json';
import { addHttpAuth } from './http-auth';
import { addRouteSettings } from './http-events';
import { addEndpointSetting, definitionOf, hidePermission, permitAuthorizer } from './rest-api';
import { addV2Domain } from './v2-domain';

const CORS = 'x-amazon-apigateway-cors';
const BODY = ['Properties', 'Body'];

/** What SAM makes of an `AWS::Serverless::HttpApi`, once all events are in its document. */
export function expandHttpApi(expansion: Expansion, draft: ApiDraft, events: readonly ApiEvent[]): void {
  const { resource, document } = draft;
  const { logicalId, properties } = resource;
  if (document) {
    completeDocument(document, properties);
  }
  expansion.replace(resource, 'AWS::ApiGatewayV2::Api', {
    FailOnWarnings: given(properties.FailOnWarnings),
    ...definitionOf(draft),
  });
  placeDocument(expansion, resource);
  const name = given(properties.StageName) ?? '$default';
  const stage = name === '$default' ? `${logicalId}ApiGatewayDefaultStage` : idOf(logicalId, name, 'Stage');
  events.forEach((event) => addRouteSettings(expansion, event, draft, stage));
  expansion.add(stage, 'AWS::ApiGatewayV2::Stage', { StageName: name, ...stageOf(resource) }, resource);
  expansion.references.set(`${logicalId}.Stage`, stage);
  for (const [authorizer, value] of entriesOf(dict(properties.Auth)?.Authorizers)) {
    const { FunctionArn: fn, EnableFunctionDefaultPermissions: isPermitted } = dict(value) ?? {};
    if (isIntrinsic(value) || isIntrinsic(isPermitted)) hidePermission(expansion, resource, authorizer);
    if (given(fn) !== undefined && isPermitted === true) {
      permitAuthorizer(expansion, resource, authorizer, `${logicalId}${authorizer}AuthorizerPermission`);
    }
  }
  addV2Domain(expansion, resource, stage);
}

/** What is on the stage of an HTTP or WebSocket API in addition to its name. */
export function stageOf({ logicalId, properties }: SamResource): Json {
  const names = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'];
  return {
    ApiId: ref(logicalId),
    AutoDeploy: true,
    ...Object.fromEntries(names.map((name) => [name, properties[name]])),
  };
}

function completeDocument(document: ApiDocument, properties: Json): void {
  const { root } = document;
  addHttpCors(root, properties.CorsConfiguration);
  if (given(properties.Auth) !== undefined) {
    addHttpAuth(document, properties.Auth);
  }
  if (properties.DisableExecuteApiEndpoint !== undefined) {
    addEndpointSetting(document, properties.DisableExecuteApiEndpoint);
  }
  const info = document.section('info');
  if (given(properties.Name) !== undefined && dict(info.title) === undefined && typeof info.title !== 'string') {
    info.title = properties.Name;
  }
  if (given(properties.Description) !== undefined) {
    info.description ??= properties.Description;
  }
  if (given(properties.FailOnWarnings) !== undefined && Object.hasOwn(document.paths, '$default')) {
    put(document.paths, '/$default', document.paths.$default);
    delete document.paths.$default;
  }
}

/** `true` is every origin. */
function addHttpCors(root: Json, cors: unknown): void {
  if (given(cors) === undefined) {
    return;
  }
  if (isIntrinsic(cors)) {
    root[CORS] = cors;
    return;
  }
  const settings = cors === true ? { AllowOrigins: ['*'] } : (dict(cors) ?? {});
  const lists = ['AllowOrigins', 'AllowHeaders', 'AllowMethods', 'ExposeHeaders'];
  const told = lists.map((name) => [name, given(settings[name])] as const);
  const all: (readonly [string, unknown])[] = [
    ...told,
    ['MaxAge', settings.MaxAge ?? undefined],
    ['AllowCredentials', settings.AllowCredentials === true || isIntrinsic(settings.AllowCredentials) || undefined],
  ];
  root[CORS] = {
    ...dict(root[CORS]),
    ...Object.fromEntries(
      all
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [`${name[0].toLowerCase()}${name.slice(1)}`, value]),
    ),
  };
}

function placeDocument(expansion: Expansion, resource: SamResource): void {
  const { written } = expansion;
  const { logicalId } = resource;
  const place = (property: string[], ...body: string[]): void =>
    written.add(logicalId, [...BODY, ...body], within(resource, ...property));
  place(['DefinitionBody']);
  place(['CorsConfiguration'], CORS);
  place(['Auth', 'Authorizers'], 'components', 'securitySchemes');
}
