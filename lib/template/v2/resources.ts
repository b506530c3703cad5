import { modelOfResource } from '../rest/models';
import { type Model } from '../model/common';
import { jwtConfiguration } from './http-body';
import { type LambdaTargets } from '../neighbours/lambda';
import { ApisElsewhere } from '../reader/apis-elsewhere';
import { Node } from '../reader/node';
import { type ResourceRef, resourceKey } from '../model/place';
import { type App } from '../reader/scope';
import { v2IntegrationOfResource } from './integration';
import { type V2Authorizer, type V2Integration, type V2Route, type V2RouteResponse } from '../model/v2';
import { afterLast, outline, type Text } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

const V2 = 'AWS::ApiGatewayV2::';
const API = `${V2}Api`;
/** Resources that a body would define too. */
const DEFINITION_TYPES = ['Route', 'RouteResponse', 'Integration', 'IntegrationResponse', 'Authorizer', 'Model'];
const CHILD_TYPES = [...DEFINITION_TYPES, 'Deployment', 'Stage', 'ApiGatewayManagedOverrides'];

/** What an HTTP or WebSocket API is made of, resource by resource. */
export class V2Resources {
  /** The APIs that are not in the templates. */
  public readonly elsewhere = new ApisElsewhere([API]);
  private readonly children = new Map<string, Node[]>();
  private readonly integrations = new Map<string, V2Integration>();
  private readonly authorizers = new Map<string, V2Authorizer>();
  private readonly responses: ReadonlyMap<string, Node[]>;

  constructor(
    private readonly app: App,
    private readonly lambdas: LambdaTargets,
  ) {
    for (const type of CHILD_TYPES) {
      for (const node of this.nodes(type)) {
        const api = this.elsewhere.of(node.get('ApiId'));
        push(this.children, `${api ? resourceKey(api) : ''} ${type}`, node);
      }
    }
    const integrationResponses = this.byTarget('IntegrationResponse', 'IntegrationId');
    for (const node of this.nodes('Integration')) {
      const responses = integrationResponses.get(resourceKey(node.ref)) ?? [];
      this.integrations.set(resourceKey(node.ref), v2IntegrationOfResource(node, responses, lambdas));
    }
    for (const node of this.nodes('Authorizer')) {
      this.authorizers.set(resourceKey(node.ref), this.authorizer(node));
    }
    this.responses = this.byTarget('RouteResponse', 'RouteId');
  }

  /** The resources of the type that belong to the API: `Route`, `Stage`… */
  public of(api: ResourceRef, type: string): readonly Node[] {
    return this.children.get(`${resourceKey(api)} ${type}`) ?? [];
  }

  /** The resources of the type that name no API. */
  public detached(type: string): readonly Node[] {
    return this.children.get(` ${type}`) ?? [];
  }

  /** Whether another template has resources of the API. */
  public isJoined(api: ResourceRef): boolean {
    return CHILD_TYPES.some((type) => this.of(api, type).some(({ ref }) => ref.template !== api.template));
  }

  public has(api: ResourceRef): boolean {
    return DEFINITION_TYPES.some((type) => this.of(api, type).length > 0);
  }

  public integrationsOf(api: ResourceRef): V2Integration[] {
    return this.of(api, 'Integration').flatMap(({ ref }) => this.integrations.get(resourceKey(ref)) ?? []);
  }

  public authorizersOf(api: ResourceRef): V2Authorizer[] {
    return this.of(api, 'Authorizer').flatMap(({ ref }) => this.authorizers.get(resourceKey(ref)) ?? []);
  }

  public modelsOf(api: ResourceRef): Model[] {
    return this.of(api, 'Model').map(modelOfResource);
  }

  public routesOf(api: ResourceRef, isHttp: boolean): V2Route[] {
    return this.of(api, 'Route').map((node) => this.route(node, node.get('RouteKey'), isHttp));
  }

  /** The route of a resource, or of the overrides of what the service made. */
  public route(node: Node, key: Node, isHttp: boolean): V2Route {
    const operationId = node.get('OperationName').string();
    const target = node.get('Target');
    return {
      location: node.location,
      routeKey: key.string() ?? UNKNOWN,
      ...(isHttp && methodAndPath(key.text() ?? '')),
      operationId: operationId === UNKNOWN ? undefined : operationId,
      authorizationType: node.get('AuthorizationType').string(),
      authorizer: named(node.get('AuthorizerId'), this.authorizers),
      scopes: node.get('AuthorizationScopes').strings(),
      apiKeyRequired: node.get('ApiKeyRequired').bool() ?? false,
      target: target.text(),
      integration: this.targetOf(target),
      requestParameters: required(node.get('RequestParameters')),
      requestModels: node.get('RequestModels').textRecord(),
      modelSelectionExpression: node.get('ModelSelectionExpression').string(),
      routeResponseSelectionExpression: node.get('RouteResponseSelectionExpression').string(),
      responses: (this.responses.get(resourceKey(node.ref)) ?? []).map(routeResponse),
      conditional: this.app.scopes.get(node.ref.template)?.resources.get(node.ref.logicalId)?.Condition !== undefined,
    };
  }

  /** The integration in `integrations/<id>`. */
  private targetOf(target: Node): Value<V2Integration> | undefined {
    const last = target.parts()?.at(-1);
    if (last === undefined) {
      return undefined;
    }
    return (typeof last === 'object' ? this.integrations.get(resourceKey(last)) : undefined) ?? UNKNOWN;
  }

  private authorizer(node: Node): V2Authorizer {
    const jwt = node.get('JwtConfiguration');
    const uri = node.get('AuthorizerUri');
    return {
      location: node.location,
      key: node.ref.logicalId,
      name: node.get('Name').string(),
      type: node.get('AuthorizerType').string(),
      uri: uri.text(),
      credentials: node.get('AuthorizerCredentialsArn').text(),
      identitySource: node.get('IdentitySource').strings(),
      identitySourceIsList: node.get('IdentitySource').isListOrText,
      identityValidationExpression: node.get('IdentityValidationExpression').string(),
      ...(!jwt.isAbsent && { jwt: jwtConfiguration(jwt, jwt.get('Issuer'), jwt.get('Audience')) }),
      payloadFormatVersion: node.get('AuthorizerPayloadFormatVersion').string(),
      enableSimpleResponses: node.get('EnableSimpleResponses').bool(),
      resultTtlInSeconds: node.get('AuthorizerResultTtlInSeconds').number(),
      lambda: this.lambdas.ofUri(uri),
    };
  }

  private nodes(type: string): Node[] {
    return [...this.app.ofType(`${V2}${type}`)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));
  }

  private byTarget(type: string, property: string): Map<string, Node[]> {
    const found = new Map<string, Node[]>();
    for (const node of this.nodes(type)) {
      const target = node.get(property).reference();
      if (target) {
        push(found, resourceKey(target), node);
      }
    }
    return found;
  }
}

function push(map: Map<string, Node[]>, key: string, node: Node): void {
  const nodes = map.get(key);
  if (nodes) {
    nodes.push(node);
  } else {
    map.set(key, [node]);
  }
}

function named<T>(id: Node, all: ReadonlyMap<string, T>): Value<T> | undefined {
  const target = id.reference();
  return id.isAbsent ? undefined : ((target && all.get(resourceKey(target))) ?? UNKNOWN);
}

/** `GET /orders` taken apart; nothing of `$default`, or of anything that is not a route key. */
function methodAndPath(key: Text): Pick<V2Route, 'httpMethod' | 'path'> {
  const [, httpMethod] = /^([A-Za-z]+) \S+$/.exec(outline(key)) ?? [];
  return httpMethod === undefined ? {} : { httpMethod, path: afterLast(key, ' ') };
}

/** `{ Required: true }` by parameter. */
function required(node: Node): Value<Record<string, Value<boolean>>> {
  if (!node.isObject && !node.isAbsent) {
    return UNKNOWN;
  }
  const record: Record<string, Value<boolean>> = {};
  for (const entry of node.entries()) {
    put(record, entry.name, (entry.isObject ? entry.get('Required') : entry).bool() ?? false);
  }
  return record;
}

function routeResponse(node: Node): V2RouteResponse {
  return {
    location: node.location,
    routeResponseKey: node.get('RouteResponseKey').string() ?? UNKNOWN,
    modelSelectionExpression: node.get('ModelSelectionExpression').string(),
    responseModels: node.get('ResponseModels').textRecord(),
  };
}
