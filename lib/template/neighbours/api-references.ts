import { type ApiReference } from '../model/references';
import { type Reference } from '../model/expression';
import { type WebAclAssociation } from '../model/neighbours';
import { type ResourceRef } from '../model/place';
import { afterLast, referenceOf, type Text } from '../model/text';
import { type Value } from '../model/value';
import { Node } from '../reader/node';
import { type App, type Dict } from '../reader/scope';
import { grouped } from '../../lookup/grouped';
import { mayHave, PlainReferences } from './plain-references';
import { stageNames } from './stage-names';

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

const METHOD = `${V1}Method`;
const STAGE = `${V1}Stage`;
const INTEGRATION = `${V2}Integration`;
const LINK = 'ConnectionId';
const VERSION = 'DocumentationVersion';
const VERSIONS = [V1 + VERSION];
const MODELS = [`${V1}Model`];
const DEPLOYMENTS = [`${V1}Deployment`];
const VPC_LINKS = [`${V1}VpcLink`, `${V2}VpcLink`];
const STAGES = [`${V1}Stage`, `${V2}Stage`];

/**
 * The references inside APIs: by id, of methods to models, and of what names an API and a stage; without those to a part of the
 * same API that are written as such, which are as they should be.
 */
export function readApiReferences(app: App, associations: readonly WebAclAssociation[]): ApiReference[] {
  const references = new References(app);
  const byType = grouped(PROPERTIES, (property) => property.type);
  for (const scope of app.scopes.values()) {
    const plain = new PlainReferences(scope);
    for (const [type, properties] of byType) {
      for (const logicalId of scope.byType.get(type) ?? []) {
        const written = plain.propertiesOf(logicalId);
        if (written && type !== STAGE && isPlain(plain, type, written, properties)) continue;
        readReferences(references, Node.properties(scope, logicalId), type, properties);
      }
    }
  }
  for (const { api, stage } of stageNames(app)) {
    references.add(api.resource(REST_API, V2_API), stage, 'stage', STAGES);
  }
  return [...references.found, ...stagesOf(associations, references)];
}

/** Whether all that a resource refers to is as it should be. */
function isPlain(plain: PlainReferences, type: string, written: Dict, properties: readonly Property[]): boolean {
  if (written.RequestModels !== undefined || written.MethodResponses !== undefined) return false;
  if (type === METHOD && mayHave(written, 'Integration', LINK)) return false;
  if (type === INTEGRATION && written[LINK] !== undefined) return false;
  const api = plain.apiOf(written);
  return properties.every(({ property, allowed }) => plain.fits(written, api, property, allowed));
}

function readReferences(references: References, node: Node, type: string, properties: readonly Property[]): void {
  const api = apiOf(node);
  for (const { property, allowed } of properties) references.add(api, node.get(property), property, allowed);
  if (type === METHOD) {
    for (const model of modelsOf(node)) references.add(api, model, 'model', MODELS);
    references.add(undefined, node.get('Integration').get(LINK), LINK, VPC_LINKS);
  }
  if (type === INTEGRATION) references.add(undefined, node.get(LINK), LINK, VPC_LINKS);
  if (type === STAGE) {
    const canary = node.get('CanarySetting').get('DeploymentId');
    references.add(api, canary, 'DeploymentId', DEPLOYMENTS);
    references.add(api, node.get(VERSION), VERSION, VERSIONS);
  }
}

/** The stages in the ARNs of associations, if they are references. */
function stagesOf(associations: readonly WebAclAssociation[], references: References): ApiReference[] {
  return associations.flatMap(({ api, resourceArn, location }) => {
    const text = resourceArn && afterLast(resourceArn, '/stages/');
    const found = referenceOf(text);
    const place = { ...location, path: [...location.path, 'ResourceArn'] };
    return found && api
      ? [{ location: place, property: 'stage', api, text, ...references.targetOf(found), allowed: STAGES }]
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
export function apiOf(node: Node): Value<ResourceRef> | undefined {
  const restApi = node.get('RestApiId');
  return (restApi.isAbsent ? node.get('ApiId') : restApi).resource(REST_API, V2_API);
}

type Target = Pick<ApiReference, 'target' | 'targetType' | 'targetApi'>;

/** One of thousands: its place is only that of a finding. */
class PartReference implements ApiReference {
  constructor(
    private readonly value: Node,
    public readonly property: string,
    public readonly api: ApiReference['api'],
    public readonly text: Text,
    private readonly found: Target | undefined,
    public readonly allowed: readonly string[],
  ) {}

  public get location() {
    return this.value.location;
  }

  public get target() {
    return this.found?.target;
  }

  public get targetType() {
    return this.found?.targetType;
  }

  public get targetApi() {
    return this.found?.targetApi;
  }
}

/** What refers to parts of APIs. Hundreds of methods refer to one API: it is looked up once. */
class References {
  public readonly found: ApiReference[] = [];
  private readonly targets = new Map<Reference, Target>();

  constructor(private readonly app: App) {}

  /** Nothing if the property is absent. */
  public add(api: Value<ResourceRef> | undefined, value: Node, property: string, allowed: readonly string[]): void {
    const text = value.text();
    if (text === undefined) return;
    const found = value.reference();
    // The `Ref` of an API is the id of the API; its attribute is the id of its root.
    const isRoot = found?.attribute === 'RootResourceId';
    const isApiToo = isRoot || property === 'RestApiId' || !allowed.includes(REST_API);
    const types = isApiToo ? allowed : allowed.filter((type) => type !== REST_API);
    this.found.push(new PartReference(value, property, api, text, found && this.targetOf(found), types));
  }

  /** The resource that is referred to, and its API. */
  public targetOf(found: Reference): Target {
    let target = this.targets.get(found);
    if (!target) this.targets.set(found, (target = this.read(found)));
    return target;
  }

  private read(found: Reference): Target {
    const targetType = this.app.typeOf(found);
    const scope = this.app.scopes.get(found.template);
    if (targetType === undefined || !scope) {
      return {};
    }
    const node = Node.properties(scope, found.logicalId);
    const targetApi = targetType === REST_API || targetType === V2_API ? node.ref : apiOf(node);
    return { target: node.ref, targetType, targetApi };
  }
}
