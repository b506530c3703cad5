import { type ApiReference } from '../model/references';
import { type Reference } from '../model/expression';
import { type WebAclAssociation } from '../model/neighbours';
import { type ResourceRef } from '../model/place';
import { afterLast, referenceOf } from '../model/text';
import { type Value } from '../model/value';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { nodes, stageNames } from './stage-names';

const V1 = 'AWS::ApiGateway::';
const V2 = 'AWS::ApiGatewayV2::';
const REST_API = `${V1}RestApi`;
const V2_API = `${V2}Api`;

/** A property, and the types of resource that it may refer to. */
interface Property {
  readonly type: string;
  readonly property: string;
  readonly allowed: readonly string[];
}

const v1 = (type: string, property: string, ...targets: string[]): Property => ({
  type: V1 + type,
  property,
  allowed: targets.map((target) => V1 + target),
});
const v2 = (type: string, property: string, ...targets: string[]): Property => ({
  type: V2 + type,
  property,
  allowed: targets.map((target) => V2 + target),
});

const PROPERTIES: readonly Property[] = [
  v1('Resource', 'ParentId', 'Resource', 'RestApi'),
  v1('Method', 'ResourceId', 'Resource', 'RestApi'),
  v1('Method', 'AuthorizerId', 'Authorizer'),
  v1('Method', 'RequestValidatorId', 'RequestValidator'),
  v1('Stage', 'DeploymentId', 'Deployment'),
  v2('Route', 'AuthorizerId', 'Authorizer'),
  v2('RouteResponse', 'RouteId', 'Route'),
  v2('IntegrationResponse', 'IntegrationId', 'Integration'),
  v2('Stage', 'DeploymentId', 'Deployment'),
];

const MODEL = `${V1}Model`;
const STAGES = [`${V1}Stage`, `${V2}Stage`];

/** The references inside APIs: by id, of methods to models, and of what names an API and a stage. */
export function readApiReferences(app: App, associations: readonly WebAclAssociation[]): ApiReference[] {
  const byId = PROPERTIES.flatMap(({ type, property, allowed }) =>
    nodes(app, type).map((node) => reference(app, apiOf(node), node.get(property), property, allowed)),
  );
  const models = nodes(app, `${V1}Method`).flatMap((node) =>
    modelsOf(node).map((entry) => reference(app, apiOf(node), entry, 'model', [MODEL])),
  );
  const versions = nodes(app, `${V1}Stage`).map((node) =>
    reference(app, apiOf(node), node.get('DocumentationVersion'), 'DocumentationVersion', [
      `${V1}DocumentationVersion`,
    ]),
  );
  const stages = stageNames(app).map(({ api, stage }) =>
    reference(app, api.resource(REST_API, V2_API), stage, 'stage', STAGES),
  );
  return [...byId, ...models, ...versions, ...stages, ...stagesOf(app, associations)].filter(
    ({ text }) => text !== undefined,
  );
}

/** The stages in the ARNs of associations, if they are references. */
function stagesOf(app: App, associations: readonly WebAclAssociation[]): ApiReference[] {
  return associations.flatMap(({ api, resourceArn, location }) => {
    const text = resourceArn && afterLast(resourceArn, '/stages/');
    const found = referenceOf(text);
    const place = { ...location, path: [...location.path, 'ResourceArn'] };
    return found && api
      ? [{ location: place, property: 'stage', api, text, ...targetOf(app, found), allowed: STAGES }]
      : [];
  });
}

/** The models of the requests and responses of a method. */
export function modelsOf(method: Node): Node[] {
  const responses = method.get('MethodResponses').knownItems();
  return [method.get('RequestModels'), ...responses.map((response) => response.get('ResponseModels'))].flatMap((map) =>
    map.entries(),
  );
}

/** The API that a resource belongs to, of any kind. */
export const apiOf = (node: Node): Value<ResourceRef> | undefined =>
  node.either('RestApiId', 'ApiId').resource(REST_API, V2_API);

function reference(
  app: App,
  api: Value<ResourceRef> | undefined,
  value: Node,
  property: string,
  allowed: readonly string[],
): ApiReference {
  const found = value.reference();
  // The `Ref` of an API is the id of the API, and its attribute is that of its root.
  const isRoot = found?.attribute === 'RootResourceId';
  return {
    location: value.location,
    property,
    api,
    text: value.text(),
    ...(found && targetOf(app, found)),
    allowed: found && app.typeOf(found) === REST_API && !isRoot ? allowed.filter((type) => type !== REST_API) : allowed,
  };
}

/** The resource that is referred to, and its API. */
function targetOf(app: App, found: Reference): Pick<ApiReference, 'target' | 'targetType' | 'targetApi'> {
  const targetType = app.typeOf(found);
  const scope = app.scopes.get(found.template);
  if (targetType === undefined || !scope) {
    return {};
  }
  const node = Node.properties(scope, found.logicalId);
  const targetApi = targetType === REST_API || targetType === V2_API ? node.ref : apiOf(node);
  return { target: node.ref, targetType, targetApi };
}
