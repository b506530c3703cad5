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
import { type RestStageOptions } from './stage';

/**
 * A REST API with its routes, stages, logs and permissions: one OpenAPI document in one resource, one deployment, and one
 * resource per stage, whatever the number of routes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class RestGateway extends RestEscapeHatches {
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.RestGateway';

  /**
   * A REST API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: RestOpenApiProps): RestGateway {
    return fromOpenApi(RestGateway, { scope, id }, (own, given) => routesOf(Stack.of(scope), own, given), props);
  }

  /**
   * A REST API that was made elsewhere: for domains, grants and metrics. Metrics need `apiName`.
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
   * The API resource, for property overrides; those inside of `Body` are deployed as well.
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
    this.parts.checkWhenFinished();
  }

  /**
   * Adds a route, and returns it for grants and metrics.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
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
   * Adds a stage, as one of the `stages` prop. Usage plans, alarms, dashboard, saved queries, grants and outputs that are for all
   * stages have it too. What the props name (`domain`, `alarms.stages`, `stages` of a plan) must be among the stages of the props.
   *
   * @param name key of the stage; ids are made of it
   * @param options log, limits, variables and what else the stage has
   * @throws where it is there already, or another one has its name
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
   * URL of the API's only stage, with a slash at the end; see `urlForStage`.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this.parts.endpoints.url;
  }

  /**
   * Adds a usage plan, as one of the `usagePlans` prop.
   *
   * @param name name of the plan; ids are made of it
   * @param options keys, stages and limits
   * @throws where it is there already, or a key of it is in another plan of the stage
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
   * Adds an API key, as one of the `apiKeys` prop; plans that come later take it by its name.
   *
   * @param name name of the key; ids are made of it
   * @param key where its value comes from; API Gateway generates it by default
   * @throws where it is there already
   *
   * @example
   * rest.addApiKey('partner', GatewayApiKey.fromSecret(secret));
   */
  public addApiKey(name: string, key: GatewayApiKey = GatewayApiKey.generated()): IApiKey {
    this.parts.plans.addKey(name, key);
    return this.apiKey(name);
  }

  /**
   * A usage plan as other constructs of the CDK take it.
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
   * An API key as other constructs of the CDK take it.
   *
   * @param name its name in `apiKeys` of the gateway or of a plan
   */
  public apiKey(name: string): IApiKey {
    return this.parts.plans.apiKey(name);
  }

  /**
   * Lets someone call routes that have the IAM authorizer. On identities of other accounts, `access` must agree as well.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.parts.grants('grantExecute'));
  }

  /**
   * Lets someone have responses made anew by the back-end (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache, by default all
   */
  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantInvalidateCache(grantee, options, this.parts.grants('grantInvalidateCache'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
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
