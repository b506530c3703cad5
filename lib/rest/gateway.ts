import { Stack } from 'aws-cdk-lib';
import { type CfnRestApi, type CfnUsagePlan, type IApiKey, type IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { ownerOf } from '../gateway/gateway';
import { type RouteSource } from '../gateway/handles';
import { fromOpenApi } from '../openapi/from-open-api';
import { GatewayApiKey } from '../usage-plans/api-key';
import { type UsagePlanOptions } from '../usage-plans/usage-plan';
import { RestEscapeHatches } from './escape-hatches';
import { RestGatewayParts } from './gateway-parts';
import { type RestGatewayProps } from './gateway-props';
import { grantExecute, grantInvalidateCache, type RestGrantOptions } from './grants';
import { routeSource } from './handles';
import { ImportedRestGateway } from './imported-gateway';
import { type IRestGateway, type IRestRoute, type IRestStage, type RestGatewayAttributes } from './interfaces';
import { type RestOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type RestRouteOptions } from './route';
import { type RestRouteGroup } from './route-group';
import { type RestStageOptions } from './stage';

/**
 * A REST API with its routes, stages, logs and permissions: one OpenAPI document in one resource, one deployment, and one
 * resource per stage, regardless of the number of routes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class RestGateway extends RestEscapeHatches {
  /** Name that identifies the class to the CDK's property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.RestGateway';

  /**
   * A REST API whose routes are the operations of an OpenAPI 3.0 document. If API Gateway does not support a part, an error names
   * its place in the document, or it is repaired with a warning `OpenApi-…`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: RestOpenApiProps): RestGateway {
    return fromOpenApi(RestGateway, { scope, id }, (own, given) => routesOf(Stack.of(scope), own, given), props);
  }

  /**
   * A REST API that was created elsewhere, for domains, grants and metrics. Metrics need `apiName`.
   *
   * @example
   * const orders = RestGateway.fromRestGatewayAttributes(this, 'Orders', {
   *   apiId: 'a1b2c3d4e5',
   *   apiName: 'orders',
   *   stages: { prod: {} },
   * });
   * orders.stage('prod').metricServerError().createAlarm(this, 'OrdersErrors', { threshold: 1, evaluationPeriods: 1 });
   */
  public static fromRestGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: RestGatewayAttributes,
  ): IRestGateway {
    return new ImportedRestGateway(scope, id, attributes);
  }

  /**
   * The API resource, for property overrides; overrides inside `Body` are deployed as well.
   */
  public readonly cfnApi: CfnRestApi;

  /**
   * Id of the API.
   */
  public readonly apiId: string;

  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public readonly domain?: ApiDomain;

  private readonly parts: RestGatewayParts;

  constructor(scope: Construct, id: string, props: RestGatewayProps = {}) {
    props = injected(RestGateway, { scope, id }, props);
    super(scope, id);
    const owner = ownerOf('rest', id, props, new.target !== RestGateway);
    this.parts = new RestGatewayParts(this, props, owner);
    this.cfnApi = this.parts.api;
    this.apiId = this.parts.apiId;
    this.domain = this.parts.endpoints.ownDomain(this, props.domain, props);
    this.parts.open(props);
    props.routeGroups?.forEach((group) => this.addRouteGroup(group));
    this.parts.checkWhenFinished();
  }

  /**
   * Adds a route, and returns it for grants and metrics.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`
   * @param options integration, authorizer and other settings of the route
   * @throws if the key is not valid, or the route conflicts with an existing one
   *
   * @example
   * const route = rest.addRoute('GET /orders', { integration: RestIntegration.lambda(fn), authorizer: RestAuthorizer.iam() });
   * route.grantExecute(role);
   */
  public addRoute(key: string, options: RestRouteOptions): IRestRoute {
    this.parts.addRoute(key, options);
    return this.route(key);
  }

  /**
   * Adds the routes of a group, and those that the group gets later.
   *
   * @param group the group; it may be in other gateways too
   * @throws if one of its routes is not valid, or conflicts with an existing one
   *
   * @example
   * const orders = new RestRouteGroup({ prefix: '/orders', authorizer: RestAuthorizer.iam() });
   * rest.addRouteGroup(orders);
   */
  public addRouteGroup(group: RestRouteGroup): void {
    this.parts.addGroup(group._group);
  }

  /**
   * Adds a stage, like an entry of the `stages` prop. Usage plans, alarms, dashboard, saved queries, grants and outputs that
   * cover all stages include it. Stages that the props name (`domain`, `alarms.stages`, `stages` of a plan) must be in the
   * `stages` prop.
   *
   * @param name key of the stage; IDs are derived from it
   * @param options log, limits, variables and other settings of the stage
   * @throws if it already exists, or another stage has its name
   *
   * @example
   * const beta = rest.addStage('beta', { throttle: { rateLimit: 10, burstLimit: 5 } });
   * new CfnOutput(this, 'Beta', { value: beta.url });
   */
  public addStage(name: string, options: RestStageOptions = {}): IRestStage {
    this.parts.addStage(name, options);
    return this.stage(name);
  }

  /**
   * URL of the API's only stage, with a trailing slash; see `urlForStage`.
   *
   * @throws if there are several stages
   */
  public get url(): string {
    return this.parts.endpoints.url;
  }

  /**
   * Adds a usage plan, like an entry of the `usagePlans` prop.
   *
   * @param name name of the plan; IDs are derived from it
   * @param options keys, stages and limits
   * @throws if it already exists, or one of its keys is in another plan of the stage
   *
   * @example
   * rest.addUsagePlan('partners', { apiKeys: ['partner'], throttle: { rateLimit: 10, burstLimit: 5 } });
   */
  public addUsagePlan(name: string, options: UsagePlanOptions): IUsagePlan {
    this.parts.plans.addPlan(name, options);
    this.parts.planAdded();
    return this.usagePlan(name);
  }

  /**
   * Adds an API key, like an entry of the `apiKeys` prop; plans that are added later refer to it by name.
   *
   * @param name name of the key; IDs are derived from it
   * @param key where its value comes from; API Gateway generates it by default
   * @throws if it already exists
   *
   * @example
   * rest.addApiKey('partner', GatewayApiKey.fromSecret(secret));
   */
  public addApiKey(name: string, key: GatewayApiKey = GatewayApiKey.generated()): IApiKey {
    this.parts.plans.addKey(name, key);
    this.parts.keyAdded();
    return this.apiKey(name);
  }

  /**
   * A usage plan as the CDK's own type, for other constructs.
   *
   * @param name key of the `usagePlans` map
   */
  public usagePlan(name: string): IUsagePlan {
    return this.parts.plans.usagePlan(name);
  }

  /**
   * The resource of a usage plan, for property overrides.
   *
   * @param name key of the `usagePlans` map
   */
  public cfnUsagePlan(name: string): CfnUsagePlan {
    return this.parts.plans.resourceOf(name);
  }

  /**
   * An API key as the CDK's own type, for other constructs.
   *
   * @param name its name in `apiKeys` of the gateway or of a plan
   */
  public apiKey(name: string): IApiKey {
    return this.parts.plans.apiKey(name);
  }

  /**
   * Allows a grantee to call routes that have the IAM authorizer. For identities of other accounts, `access` must allow it as
   * well.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages; all by default
   */
  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.parts.grants('grantExecute'));
  }

  /**
   * Allows a grantee to make the back end respond again instead of the cache (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache; all by default
   */
  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantInvalidateCache(grantee, options, this.parts.grants('grantInvalidateCache'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; write `domain.map(gateway)`. The default endpoint is then disabled, unless
   * `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.parts.endpoints.bind(stage);
  }

  /** @internal */
  protected get _source(): RestGatewayParts {
    return this.parts;
  }

  /** @internal */
  protected _routeOf(key: string): RouteSource {
    return routeSource(this.parts.route(key));
  }

  /** @internal */
  protected get _rootResourceId(): string {
    return this.cfnApi.attrRootResourceId;
  }
}
