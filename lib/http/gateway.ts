import { Stack } from 'aws-cdk-lib';
import { type CfnApi, type CfnDeployment } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { ownerOf } from '../gateway/gateway';
import { type RouteSource } from '../gateway/handles';
import { fromOpenApi } from '../openapi/from-open-api';
import { HttpGatewayBase } from './gateway-base';
import { HttpGatewayParts } from './gateway-parts';
import { type HttpGatewayProps } from './gateway-props';
import { grantExecute, type HttpGrantOptions } from './grants';
import { routeSource } from './handles';
import { ImportedHttpGateway } from './imported-gateway';
import { type HttpGatewayAttributes, type IHttpGateway, type IHttpRoute, type IHttpStage } from './interfaces';
import { type HttpOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type HttpRouteOptions } from './route';
import { type HttpRouteGroup } from './route-group';
import { type HttpStageOptions } from './stage';

/**
 * An HTTP API with its routes, stages, logs and permissions: one OpenAPI document in one resource, and one resource per stage,
 * regardless of the number of routes. It costs about a third of a REST API.
 *
 * `RestGateway` has what HTTP APIs do not: request validation, a cache, API keys and usage plans, AWS WAF, edge-optimized and
 * private endpoints, custom error responses, execution logs, X-Ray and canary releases of a stage. Amazon CloudFront in front of
 * an HTTP API has a cache, a firewall and edge locations; versions of a function are shifted with `LambdaCanary`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export class HttpGateway extends HttpGatewayBase {
  /** Name that identifies the class to the CDK's property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.HttpGateway';

  /**
   * An HTTP API whose routes are the operations of an OpenAPI 3.0 document. If API Gateway does not support a part, an error
   * names its place in the document, or it is repaired with a warning `OpenApi-…`. HTTP APIs validate nothing: the parameters,
   * bodies and schemas of the document are ignored, with one such warning, `OpenApi-NotValidated`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: HttpOpenApiProps): HttpGateway {
    return fromOpenApi(HttpGateway, { scope, id }, (own, given) => routesOf(Stack.of(scope), own, given), props);
  }

  /**
   * An HTTP API that was created elsewhere, for domains, grants and metrics.
   *
   * @example
   * const orders = HttpGateway.fromHttpGatewayAttributes(this, 'Orders', {
   *   apiId: 'a1b2c3d4e5',
   *   stages: { $default: {} },
   * });
   * orders.metricServerError().createAlarm(this, 'OrdersErrors', { threshold: 1, evaluationPeriods: 1 });
   */
  public static fromHttpGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: HttpGatewayAttributes,
  ): IHttpGateway {
    return new ImportedHttpGateway(scope, id, attributes);
  }

  /**
   * The API resource, for property overrides inside of `Body`; CloudFormation accepts no other property with it.
   */
  public readonly cfnApi: CfnApi;

  /**
   * Id of the API.
   */
  public readonly apiId: string;

  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public readonly domain?: ApiDomain;

  private readonly parts: HttpGatewayParts;

  constructor(scope: Construct, id: string, props: HttpGatewayProps = {}) {
    props = injected(HttpGateway, { scope, id }, props);
    super(scope, id);
    const owner = ownerOf('http', id, props, new.target !== HttpGateway);
    this.parts = new HttpGatewayParts(this, props, owner);
    this.cfnApi = this.parts.api;
    this.apiId = this.parts.apiId;
    this.domain = this.parts.endpoints.ownDomain(this, props.domain);
    this.parts.open(props);
    props.routeGroups?.forEach((group) => this.addRouteGroup(group));
    this.parts.checkWhenFinished();
  }

  /**
   * Adds a route, and returns it for grants and metrics.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`, or `$default` for everything that no other route
   * matches
   * @param options integration, authorizer and other settings of the route
   * @throws if the key is not valid, or the route conflicts with an existing one
   *
   * @example
   * const route = http.addRoute('GET /orders', { integration: HttpIntegration.lambda(fn), authorizer: HttpAuthorizer.iam() });
   * route.grantExecute(role);
   */
  public addRoute(key: string, options: HttpRouteOptions): IHttpRoute {
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
   * const orders = new HttpRouteGroup({ prefix: '/orders', authorizer: HttpAuthorizer.iam() });
   * http.addRouteGroup(orders);
   */
  public addRouteGroup(group: HttpRouteGroup): void {
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
   * const beta = http.addStage('beta', { throttle: { rateLimit: 10, burstLimit: 5 } });
   * new CfnOutput(this, 'Beta', { value: beta.url });
   */
  public addStage(name: string, options: HttpStageOptions = {}): IHttpStage {
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
   * Allows a grantee to call routes that have the IAM authorizer.
   *
   * @param grantee role, user or function
   * @param options routes and stages; all by default
   */
  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.parts.grants('grantExecute'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; write `domain.map(gateway)`. The default endpoint is then disabled, unless
   * `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.parts.endpoints.bind(stage);
  }

  /** @internal */
  protected get _source(): HttpGatewayParts {
    return this.parts;
  }

  /** @internal */
  protected _routeOf(key: string): RouteSource {
    return routeSource(this.parts.route(key));
  }

  /**
   * The deployment of stages with `autoDeploy: false`, for property overrides; undefined if every stage deploys automatically.
   * Its logical id depends on what it deploys.
   */
  public get cfnDeployment(): CfnDeployment | undefined {
    return this.node.tryFindChild('Deployment') as CfnDeployment | undefined;
  }

  /** @internal */
  protected get _apiEndpoint(): string {
    return this.parts.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint);
  }
}
