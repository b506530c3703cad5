import { resourceKey } from '../model/place';
import { MethodResponseOf, UNKNOWN_METHOD_RESPONSE } from './method-response';
import { integrationOfResource } from './integration';
import { type LambdaTargets } from '../neighbours/lambda';
import {
  type Authorizer,
  type GatewayResponse,
  type Method,
  type MethodResponse,
  type Model,
  type RequestValidator,
  type ResourceRef,
} from '../model/model';
import { type Part } from '../model/expression';
import { type PathResource } from '../model/neighbours';
import { modelOfResource } from './models';
import { ApisElsewhere } from '../reader/apis-elsewhere';
import { Node } from '../reader/node';
import { type App, own } from '../reader/scope';
import { concat, isLiteral, isUnknownText, type Text, textOfParts, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

const REST_API = 'AWS::ApiGateway::RestApi';
const RESOURCE = 'AWS::ApiGateway::Resource';
const MAX_SEGMENTS = 500;

/** What a REST API is made of, resource by resource. */
export class RestResources {
  /** The APIs that are not in the templates. */
  public readonly elsewhere = new ApisElsewhere([REST_API]);
  private readonly authorizers = new Map<string, Authorizer>();
  private readonly validators = new Map<string, RequestValidator>();
  private readonly paths = new Map<string, Text>();
  private readonly children = new Map<string, Map<string, Node[]>>();

  constructor(
    private readonly app: App,
    private readonly lambdas: LambdaTargets,
  ) {
    for (const type of CHILD_TYPES) {
      for (const { scope, logicalId } of app.ofType(type)) {
        const node = Node.properties(scope, logicalId);
        const api = this.elsewhere.of(node.get('RestApiId'));
        this.adopt(api ? resourceKey(api) : NO_API, type, node);
      }
    }
    for (const { scope, logicalId } of app.ofType('AWS::ApiGateway::Authorizer')) {
      const node = Node.properties(scope, logicalId);
      this.authorizers.set(resourceKey(node.ref), authorizer(node, lambdas));
    }
    for (const { scope, logicalId } of app.ofType('AWS::ApiGateway::RequestValidator')) {
      const node = Node.properties(scope, logicalId);
      this.validators.set(resourceKey(node.ref), validator(node));
    }
  }

  /** The resources of the type that belong to the API. */
  public of(api: ResourceRef, type: string): readonly Node[] {
    return this.children.get(resourceKey(api))?.get(type) ?? [];
  }

  /** The resources of the type that name no API. */
  public detached(type: string): readonly Node[] {
    return this.children.get(NO_API)?.get(type) ?? [];
  }

  /** Whether another template has resources of the API. */
  public isJoined(api: ResourceRef): boolean {
    return CHILD_TYPES.some((type) => this.of(api, type).some(({ ref }) => ref.template !== api.template));
  }

  /** The resources that define the API. */
  public definitionsOf(api: ResourceRef): readonly Node[] {
    return DEFINITION_TYPES.flatMap((type) => this.of(api, type));
  }

  public has(api: ResourceRef): boolean {
    return DEFINITION_TYPES.some((type) => this.of(api, type).length > 0);
  }

  public authorizersOf(api: ResourceRef): Authorizer[] {
    return this.of(api, 'AWS::ApiGateway::Authorizer').flatMap(
      ({ ref }) => this.authorizers.get(resourceKey(ref)) ?? [],
    );
  }

  public validatorsOf(api: ResourceRef): RequestValidator[] {
    return this.of(api, 'AWS::ApiGateway::RequestValidator').flatMap(
      ({ ref }) => this.validators.get(resourceKey(ref)) ?? [],
    );
  }

  public modelsOf(api: ResourceRef): Model[] {
    return this.of(api, 'AWS::ApiGateway::Model').map(modelOfResource);
  }

  public gatewayResponsesOf(api: ResourceRef): GatewayResponse[] {
    return this.of(api, 'AWS::ApiGateway::GatewayResponse').map((node) => ({
      location: node.location,
      responseType: node.get('ResponseType').string() ?? UNKNOWN,
      statusCode: node.get('StatusCode').string(),
      parameters: node.get('ResponseParameters').textRecord(),
      templates: node.get('ResponseTemplates').textRecord(),
    }));
  }

  public methodsOf(api: ResourceRef): Method[] {
    return this.of(api, 'AWS::ApiGateway::Method').map((node) => ({
      location: node.location,
      httpMethod: node.get('HttpMethod').string() ?? UNKNOWN,
      path: this.pathOf(node.get('ResourceId')),
      operationId: known(node.get('OperationName').string()),
      authorizationType: node.get('AuthorizationType').string(),
      authorizer: this.named(node.get('AuthorizerId'), this.authorizers),
      scopes: node.get('AuthorizationScopes').strings(),
      apiKeyRequired: node.get('ApiKeyRequired').bool() ?? false,
      validator: this.named(node.get('RequestValidatorId'), this.validators),
      requestParameters: flags(node.get('RequestParameters')),
      requestModels: node.get('RequestModels').textRecord(),
      responses: methodResponses(node.get('MethodResponses')),
      integration: integrationOfResource(node.get('Integration'), this.lambdas),
      conditional: this.isConditional(node.ref),
    }));
  }

  private named<T>(id: Node, all: ReadonlyMap<string, T>): Value<T> | undefined {
    const target = id.reference();
    return id.isAbsent ? undefined : ((target && all.get(resourceKey(target))) ?? UNKNOWN);
  }

  public pathResourcesOf(api: ResourceRef): PathResource[] {
    return this.of(api, RESOURCE).map((node) => ({
      location: node.location,
      parent: node.get('ParentId').reference(),
      pathPart: node.get('PathPart').text(),
      path: this.pathTo(node.ref, 0),
      conditional: this.isConditional(node.ref),
    }));
  }

  /**
   * The parts outside the constructs that a CDK deployment covers with the hash in its id, which can change without a new
   * deployment; undefined for other deployments.
   */
  public notHashed(api: ResourceRef, deployment: ResourceRef): ResourceRef[] {
    if (!HASHED_ID.test(deployment.logicalId)) {
      return [];
    }
    return HASHED_TYPES.flatMap((type) => this.of(api, type))
      .map(({ ref }) => ref)
      .filter(({ template, logicalId }) => {
        const path = own(this.app.scopes.get(template)?.resources.get(logicalId)?.Metadata, 'aws:cdk:path');
        return typeof path === 'string' && !path.endsWith('/Resource');
      });
  }

  private isConditional({ template, logicalId }: ResourceRef): boolean {
    return this.app.scopes.get(template)?.resources.get(logicalId)?.Condition !== undefined;
  }

  /** The path of the resource that the id names, from its parents. */
  private pathOf(id: Node, depth = 0): Text {
    const target = id.reference();
    const type = target && this.app.typeOf(target);
    if (type === REST_API) {
      return '/';
    }
    return target && type === RESOURCE ? this.pathTo(target, depth) : pathElsewhere(id);
  }

  private pathTo(target: ResourceRef, depth: number): Text {
    const scope = this.app.scopes.get(target.template);
    if (!scope || depth > MAX_SEGMENTS) {
      return UNKNOWN_PATH;
    }
    const key = resourceKey(target);
    const known = this.paths.get(key);
    if (known !== undefined) {
      return known;
    }
    // Set first, so a circle of parents ends.
    this.paths.set(key, UNKNOWN_PATH);
    const resource = Node.properties(scope, target.logicalId);
    const parent = this.pathOf(resource.get('ParentId'), depth + 1);
    const part = resource.get('PathPart').text() ?? UNKNOWN_TEXT;
    const path =
      typeof parent === 'string' && typeof part === 'string'
        ? `${parent === '/' ? '' : parent}/${part}`
        : concat(target.template, parent === '/' ? '' : parent, '/', part);
    this.paths.set(key, path);
    return path;
  }

  private adopt(api: string, type: string, node: Node): void {
    let types = this.children.get(api);
    if (!types) {
      this.children.set(api, (types = new Map<string, Node[]>()));
    }
    const nodes = types.get(type);
    if (nodes) {
      nodes.push(node);
    } else {
      types.set(type, [node]);
    }
  }
}

const UNKNOWN_PATH = concat('', '/', UNKNOWN_TEXT);

/** The path of a resource that is not in the templates: different for different resources. */
function pathElsewhere(id: Node): Text {
  const call = id.call();
  const text = (call?.name === 'Fn::ImportValue' ? call.argument : id).text();
  if (text === undefined || isUnknownText(text)) {
    return UNKNOWN_PATH;
  }
  const name: Part[] = isLiteral(text) ? [{ kind: 'unknown', template: '', logicalId: text }] : [...text.parts];
  return textOfParts(['/', ...name], id.ref.template);
}

/** No key of a resource. */
const NO_API = '';
/** Resources that a body would define too. */
const DEFINITION_TYPES = [
  RESOURCE,
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::GatewayResponse',
];
const HASHED_TYPES = DEFINITION_TYPES.filter((type) => type !== 'AWS::ApiGateway::Authorizer');
/** The id of a construct, and an MD5 hash of what it deploys. */
const HASHED_ID = /[0-9A-F]{8}[0-9a-f]{32}$/;
const CHILD_TYPES = [...DEFINITION_TYPES, 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'];

const known = <T>(value: Value<T> | undefined): T | undefined => (value === UNKNOWN ? undefined : value);

function flags(node: Node): Value<Record<string, Value<boolean>>> {
  if (!node.isObject && !node.isAbsent) {
    return UNKNOWN;
  }
  const record: Record<string, Value<boolean>> = {};
  for (const entry of node.entries()) {
    put(record, entry.name, entry.bool() ?? false);
  }
  return record;
}

function methodResponses(list: Node): MethodResponse[] {
  const items = list.items();
  return items === UNKNOWN ? [{ location: list.location, ...UNKNOWN_METHOD_RESPONSE }] : items.map(methodResponse);
}

function methodResponse(node: Node): MethodResponse {
  const parameters = node.get('ResponseParameters');
  return new MethodResponseOf(
    node,
    node.get('StatusCode').string() ?? UNKNOWN,
    parameters.isObject || parameters.isAbsent ? parameters.keys() : UNKNOWN,
    () => node.get('ResponseModels').textRecord(),
  );
}

function authorizer(node: Node, lambdas: LambdaTargets): Authorizer {
  return {
    location: node.location,
    key: node.ref.logicalId,
    name: node.get('Name').string(),
    type: node.get('Type').string(),
    authType: node.get('AuthType').string(),
    uri: node.get('AuthorizerUri').text(),
    credentials: node.get('AuthorizerCredentials').text(),
    providerArns: node.get('ProviderARNs').texts(),
    identitySource: node.get('IdentitySource').string(),
    identitySourceIsList: node.get('IdentitySource').isListOrText,
    identityValidationExpression: node.get('IdentityValidationExpression').string(),
    resultTtlInSeconds: node.get('AuthorizerResultTtlInSeconds').number(),
    lambda: lambdas.ofUri(node.get('AuthorizerUri')),
  };
}

function validator(node: Node): RequestValidator {
  return {
    location: node.location,
    key: node.ref.logicalId,
    validateBody: node.get('ValidateRequestBody').bool() ?? false,
    validateParameters: node.get('ValidateRequestParameters').bool() ?? false,
  };
}
