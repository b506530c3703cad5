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

const PARTS = [
  'Authorizer',
  'Deployment',
  'GatewayResponse',
  'Method',
  'Model',
  'RequestValidator',
  'Resource',
  'Stage',
];
const V2_PARTS = [
  'Authorizer',
  'Deployment',
  'Integration',
  'Route',
  'RouteResponse',
  'IntegrationResponse',
  'Model',
  'Stage',
];

const PROPERTIES: readonly Property[] = [
  ...PARTS.map((type) => v1(type, 'RestApiId', 'RestApi')),
  ...V2_PARTS.map((type) => v2(type, 'ApiId', 'Api')),
  v1('Resource', 'ParentId', 'Resource', 'RestApi'),
  v1('Method', 'ResourceId', 'Resource', 'RestApi'),
  v1('Method', 'AuthorizerId', 'Authorizer'),
  v1('Method', 'RequestValidatorId', 'RequestValidator'),
  v1('Stage', 'DeploymentId', 'Deployment'),
  v1('Stage', 'ClientCertificateId', 'ClientCertificate'),
  v1('UsagePlanKey', 'UsagePlanId', 'UsagePlan'),
  v1('UsagePlanKey', 'KeyId', 'ApiKey'),
  v2('Route', 'AuthorizerId', 'Authorizer'),
  v2('RouteResponse', 'RouteId', 'Route'),
  v2('IntegrationResponse', 'IntegrationId', 'Integration'),
  v2('Stage', 'DeploymentId', 'Deployment'),
];

const MODEL = `${V1}Model`;
const VPC_LINKS = [`${V1}VpcLink`, `${V2}VpcLink`];
const STAGES = [`${V1}Stage`, `${V2}Stage`];

/** The references inside APIs: by id, of methods to models, and of what names an API and a stage. */
export function readApiReferences(app: App, associations: readonly WebAclAssociation[]): ApiReference[] {
  const byId = PROPERTIES.flatMap(({ type, property, allowed }) =>
    nodes(app, type).map((node) => reference(app, apiOf(node), node.get(property), property, allowed)),
  );
  const links = [
    ...nodes(app, `${V1}Method`).map((node) => node.get('Integration')),
    ...nodes(app, `${V2}Integration`),
  ].map((node) => reference(app, undefined, node.get('ConnectionId'), 'ConnectionId', VPC_LINKS));
  const canaries = nodes(app, `${V1}Stage`).map((node) =>
    reference(app, apiOf(node), node.get('CanarySetting').get('DeploymentId'), 'DeploymentId', [`${V1}Deployment`]),
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
  return [...byId, ...links, ...canaries, ...models, ...versions, ...stages, ...stagesOf(app, associations)].filter(
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
  // The `Ref` of an API is the id of the API; its attribute is the id of its root.
  const isRoot = found?.attribute === 'RootResourceId';
  return {
    location: value.location,
    property,
    api,
    text: value.text(),
    ...(found && targetOf(app, found)),
    allowed: isRoot || property === 'RestApiId' ? allowed : allowed.filter((type) => type !== REST_API),
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
