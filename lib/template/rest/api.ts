import { basePathOf } from '../openapi/base-path';
import { bodyConflicts } from './body-conflicts';
import { jsonText } from '../reader/json-text';
import { deployedParts } from './deployed-parts';
import { type LambdaTargets } from '../neighbours/lambda';
import { type LogGroups } from '../neighbours/log-groups';
import { type Deployment, type Located, type Method, type ResourceRef, type RestApi, type Stage } from '../model/model';
import { Node } from '../reader/node';
import { type Reaches } from '../reader/reach';
import { readBody, type RestBody } from './body';
import { type RestSettings, UNKNOWN_SETTINGS } from './partial';
import { type SharedApis } from '../reader/shared-apis';
import { type ApiElsewhere } from '../reader/apis-elsewhere';
import { type RestResources } from './resources';
import { sameResource } from '../model/place';
import { type App } from '../reader/scope';
import { readDeployment, readImplicitStage, readStage } from './stage';
import { type NamedStage } from '../neighbours/usage';
import { isSameText, type Text } from '../model/text';
import { isKnown, UNKNOWN, type Value } from '../model/value';
import { STAGE_CANARY_PROPERTIES as PROPERTIES, STAGE_CANARY_TYPE } from '../../facts/own-resources';

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const STAGE = 'AWS::ApiGateway::Stage';

interface Release extends Located {
  readonly api: ResourceRef;
  readonly name: Text;
}

/** Reads the REST APIs and their stages. */
export class RestApis {
  public readonly apis: RestApi[] = [];
  public readonly detachedStages: Stage[] = [];
  public readonly stages: NamedStage[] = [];
  private found?: readonly Release[];

  constructor(
    private readonly app: App,
    private readonly resources: RestResources,
    private readonly lambdas: LambdaTargets,
    private readonly logGroups: LogGroups,
    private readonly reaches: Reaches,
    private readonly shared: SharedApis,
    /** Whether SAM makes the deployment, and the deployment a stage that is in no template. */
    private readonly isExtra: (deployment: ResourceRef) => boolean,
  ) {
    for (const { scope, logicalId } of app.ofType('AWS::ApiGateway::RestApi')) {
      this.apis.push(this.api(Node.properties(scope, logicalId)));
    }
    for (const api of resources.elsewhere.all) {
      this.apis.push(this.partial(api));
    }
    for (const node of resources.detached(STAGE)) {
      this.detachedStages.push(this.stage(node));
    }
  }

  private api(node: Node): RestApi {
    const { ref } = node;
    const hasBody = !node.get('Body').isAbsent;
    const isElsewhere = !node.get('BodyS3Location').isAbsent || !node.get('CloneFrom').isAbsent;
    const body = hasBody ? readBody(node.get('Body'), this.lambdas) : undefined;
    const isOpaque = isElsewhere || (hasBody && !body);
    const fromResources = this.resources.has(ref);
    const methods = this.resources.methodsOf(ref);
    const definitions = this.resources.definitionsOf(ref);
    const stages = this.stagesOf(ref);
    const shared = this.shared.mayHaveMore(ref, {
      isJoined: () => this.resources.isJoined(ref),
      hasRoutes: methods.length > 0 || body !== undefined,
      hasStages: stages.length > 0,
    });
    const deployments = this.resources.of(ref, DEPLOYMENT);
    const extra = deployments.find((child) => this.isExtra(child.ref));
    return {
      kind: 'rest',
      location: node.location,
      form: isOpaque ? 'opaque' : !body ? 'resources' : fromResources ? 'mixed' : 'body',
      shared,
      complete: !isOpaque && !shared && body?.complete !== false,
      imported: hasBody || !node.get('BodyS3Location').isAbsent,
      ...settings(node, body),
      methods: [...(body?.methods ?? []), ...methods],
      authorizers: [...(body?.authorizers ?? []), ...this.resources.authorizersOf(ref)],
      models: [...(body?.models ?? []), ...this.resources.modelsOf(ref)],
      validators: [...(body?.validators ?? []), ...this.resources.validatorsOf(ref)],
      gatewayResponses: [...(body?.gatewayResponses ?? []), ...this.resources.gatewayResponsesOf(ref)],
      deployments: this.deploymentsOf(ref),
      get deployedParts() {
        const routes = new Map(methods.map((method) => [method.location.logicalId, method]));
        return deployedParts(node, definitions, ({ ref: { logicalId } }) => routeName(routes.get(logicalId)));
      },
      stages,
      ...(extra && { extraStage: { location: extra.location } }),
      pathResources: this.resources.pathResourcesOf(ref),
      securityGaps: body?.securityGaps ?? [],
      ...(body && 'rootSecurity' in body && { rootSecurity: body.rootSecurity }),
      ...(body && { openApiVersion: body.version, ofOtherKinds: body.ofOtherKinds }),
      get documentBasePath() {
        return body && basePathOf(node.get('Body'));
      },
      get resolvedPolicy() {
        return policyOf(node, body).resolved;
      },
      get bodyConflicts() {
        return body ? bodyConflicts(node, body.extension) : [];
      },
      get bodyBytes() {
        const text = body && jsonText(node.get('Body').written);
        return text === undefined ? undefined : Buffer.byteLength(text);
      },
    };
  }

  /** What the resources of an API say that is elsewhere. */
  private partial({ ref, reference, location }: ApiElsewhere): RestApi {
    return {
      kind: 'rest',
      location,
      form: 'partial',
      shared: true,
      complete: false,
      reference,
      imported: false,
      ...UNKNOWN_SETTINGS,
      methods: this.resources.methodsOf(ref),
      authorizers: this.resources.authorizersOf(ref),
      models: this.resources.modelsOf(ref),
      validators: this.resources.validatorsOf(ref),
      gatewayResponses: this.resources.gatewayResponsesOf(ref),
      deployments: this.deploymentsOf(ref),
      deployedParts: [],
      stages: this.stagesOf(ref),
      pathResources: this.resources.pathResourcesOf(ref),
      securityGaps: [],
      bodyConflicts: [],
    };
  }

  private deploymentsOf(api: ResourceRef): Deployment[] {
    return this.resources
      .of(api, DEPLOYMENT)
      .map((child) => readDeployment(child, this.reaches.of(child.ref), this.resources.notHashed(api, child.ref)));
  }

  /** Its stage resources, and the stages of other names that its deployments make themselves. */
  private stagesOf(api: ResourceRef): Stage[] {
    const stages = this.resources.of(api, STAGE).map((child) => this.stage(child, api));
    const names = stages.map(({ stageName }) => stageName);
    // Where a name is unknown, two may be one.
    const isOther = ({ stageName }: Stage): boolean =>
      names.length === 0 || (isKnown(stageName) && names.every((name) => isKnown(name) && name !== stageName));
    for (const deployment of this.resources.of(api, DEPLOYMENT)) {
      if (this.isExtra(deployment.ref)) continue;
      const stage = readImplicitStage(deployment, this.reaches.of(deployment.ref), this.logGroups);
      const name = deployment.get('StageName').text();
      const isNew = !this.stages.some((one) => isSameText(one.name, name) && one.api && sameResource(one.api, api));
      if (stage && isNew && isOther(stage)) {
        this.stages.push({ ref: deployment.ref, api, name });
        stages.push(stage);
      }
    }
    return stages;
  }

  private stage(node: Node, api?: ResourceRef): Stage {
    const stage = readStage(node, this.reaches.of(node.ref), this.logGroups);
    const name = node.get('StageName').text();
    this.stages.push({ ref: node.ref, api, name });
    const release = api && this.releases.find((one) => isSameText(one.name, name) && sameResource(one.api, api));
    return release ? { ...stage, release: { location: release.location } } : stage;
  }

  /** The canaries that `StageCanary` brings to stages. */
  private get releases(): readonly Release[] {
    return (this.found ??= [...this.app.ofType(STAGE_CANARY_TYPE)].flatMap(({ scope, logicalId }) => {
      const node = Node.properties(scope, logicalId);
      const api = node.get(PROPERTIES.restApiId).resource('AWS::ApiGateway::RestApi');
      const name = node.get(PROPERTIES.stageName).text();
      return isKnown(api) && name !== undefined ? [{ api, name, location: node.location }] : [];
    }));
  }
}

/** The property of the resource, else what the body says. */
function settings(node: Node, body: RestBody | undefined): RestSettings {
  const either = (property: Node, inBody: (body: RestBody) => Node): Node =>
    property.isAbsent && body ? inBody(body) : property;
  const extension = (name: string, property: Node): Node => either(property, (from) => from.extension(name));
  const endpoint = node.get('EndpointConfiguration');
  const inEndpoint = (name: string, property: Node): Node =>
    either(property, (from) => from.extension('endpoint-configuration').get(name));
  const policy = policyOf(node, body);
  return {
    name: node.get('Name').string() ?? body?.title,
    description: node.get('Description').string() ?? body?.description,
    endpointTypes: endpointTypes(endpoint, node),
    ipAddressType: inEndpoint('ipAddressType', endpoint.get('IpAddressType')).string(),
    vpcEndpointIds: textsOf(inEndpoint('vpcEndpointIds', endpoint.get('VpcEndpointIds'))),
    apiKeySource: extension('api-key-source', node.get('ApiKeySourceType')).string(),
    binaryMediaTypes: extension('binary-media-types', node.get('BinaryMediaTypes')).strings(),
    minimumCompressionSize: extension('minimum-compression-size', node.get('MinimumCompressionSize')).number(),
    disableExecuteApiEndpoint: inEndpoint('disableExecuteApiEndpoint', node.get('DisableExecuteApiEndpoint')).bool(),
    securityPolicy: extension('security-policy', node.get('SecurityPolicy')).string(),
    endpointAccessMode: extension('endpoint-access-mode', node.get('EndpointAccessMode')).string(),
    failOnWarnings: node.get('FailOnWarnings').bool(),
    mode: node.get('Mode').string(),
    basePath: node.get('Parameters').get('basepath').string(),
    ...(!policy.isAbsent && { policy: policy.written, policyLocation: policy.location }),
  };
}

function policyOf(node: Node, body: RestBody | undefined): Node {
  const policy = node.get('Policy');
  return policy.isAbsent && body ? body.extension('policy') : policy;
}

/** A list whose elements may be references. */
function textsOf(list: Node): Value<Text[]> {
  return list.items() === UNKNOWN ? UNKNOWN : list.texts();
}

/** An import may also say it in its parameters. */
function endpointTypes(endpoint: Node, node: Node): Value<string[]> {
  const types = endpoint.get('Types');
  const parameter = node.get('Parameters').get('endpointConfigurationTypes').string();
  return types.isAbsent && typeof parameter === 'string' ? parameter.split(',') : types.strings();
}

const routeName = (method: Method | undefined): string | undefined =>
  method && typeof method.httpMethod === 'string' ? `${method.httpMethod} ${method.path}` : undefined;
