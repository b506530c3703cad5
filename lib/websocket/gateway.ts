import { type CfnUsagePlan, type IApiKey, type IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { ownerOf } from '../gateway/gateway';
import { type RouteSource } from '../gateway/handles';
import { GatewayApiKey } from '../usage-plans/api-key';
import { type UsagePlanOptions } from '../usage-plans/usage-plan';
import { WebSocketEscapeHatches } from './escape-hatches';
import { WebSocketGatewayParts } from './gateway-parts';
import { type WebSocketGatewayProps } from './gateway-props';
import {
  grantExecute,
  grantManageConnections,
  type WebSocketGrantOptions,
  type WebSocketManageConnectionsOptions,
} from './grants';
import { routeSource } from './handles';
import { ImportedWebSocketGateway } from './imported-gateway';
import {
  type IWebSocketGateway,
  type IWebSocketRoute,
  type IWebSocketStage,
  type WebSocketGatewayAttributes,
} from './interfaces';
import { type WebSocketRouteOptions } from './route';
import { type WebSocketStageOptions } from './stage';

/**
 * A WebSocket API with its routes, stages, logs and permissions: one deployment after all of its parts, one integration for each
 * function, and one resource per stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 */
export class WebSocketGateway extends WebSocketEscapeHatches {
  /** Name that identifies the class to the CDK's property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.WebSocketGateway';

  /**
   * A WebSocket API that was created elsewhere, for domains, grants, metrics and the broadcaster of a `ConnectionStore`.
   *
   * @example
   * const theirs = WebSocketGateway.fromWebSocketGatewayAttributes(this, 'Chat', {
   *   apiId: 'a1b2c3d4e5',
   *   stages: { prod: {} },
   * });
   * new ConnectionStore(this, 'TheirStore').broadcaster({ gateway: theirs });
   */
  public static fromWebSocketGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: WebSocketGatewayAttributes,
  ): IWebSocketGateway {
    return new ImportedWebSocketGateway(scope, id, attributes);
  }

  /**
   * The API resource, for property overrides.
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

  private readonly parts: WebSocketGatewayParts;

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps = {}) {
    props = injected(WebSocketGateway, { scope, id }, props);
    super(scope, id);
    const owner = ownerOf('websocket', id, props, new.target !== WebSocketGateway);
    this.parts = new WebSocketGatewayParts(this, props, owner);
    this.cfnApi = this.parts.api;
    this.apiId = this.parts.apiId;
    this.domain = this.parts.endpoints.ownDomain(this, props.domain);
    this.parts.open(props);
    this.parts.checkWhenFinished();
  }

  /**
   * Adds a route, and returns it for grants and metrics.
   *
   * @param key `$connect`, `$disconnect`, `$default`, or the result of the route selection expression for a message, e.g.
   * `sendMessage`
   * @param options integration and other settings of the route
   * @throws if the key is not valid, or already exists
   *
   * @example
   * const route = chat.addRoute('sendMessage', { integration: WebSocketIntegration.lambda(fn) });
   * new CfnOutput(this, 'RouteArn', { value: route.arn });
   */
  public addRoute(key: string, options: WebSocketRouteOptions): IWebSocketRoute {
    this.parts.addRoute(key, options);
    return this.route(key);
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
   * const ticker = new WebSocketGateway(this, 'Ticker', {
   *   defaultAuthorizer: WebSocketAuthorizer.iam(),
   *   routes: { $connect: { integration: WebSocketIntegration.mock() }, $default: { integration: WebSocketIntegration.mock() } },
   * });
   * const beta = ticker.addStage('beta', { throttle: { rateLimit: 10, burstLimit: 5 } });
   * new CfnOutput(this, 'Beta', { value: beta.url });
   */
  public addStage(name: string, options: WebSocketStageOptions = {}): IWebSocketStage {
    this.parts.addStage(name, options);
    return this.stage(name);
  }

  /**
   * URL of the API's only stage, `wss://…`: where clients connect.
   *
   * @throws if there are several stages
   */
  public get url(): string {
    return this.parts.endpoints.url;
  }

  /**
   * URL for sending messages to connections with the `@connections` API; the `endpoint` of its client. It is on the domain of the
   * stage if the default endpoint is disabled.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; the API's only stage by default
   * @throws if none is named, and there are several
   */
  public callbackUrl(stage?: string): string {
    if (stage !== undefined) this._sources.stageOf(stage);
    return this.parts.endpoints.callbackUrlOf(stage);
  }

  /**
   * Adds a usage plan, like an entry of the `usagePlans` prop.
   *
   * @param name name of the plan; IDs are derived from it
   * @param options keys, stages and limits
   * @throws if it already exists, or one of its keys is in another plan of the stage
   *
   * @example
   * chat.addUsagePlan('partners', { apiKeys: ['partner'], throttle: { rateLimit: 10, burstLimit: 5 } });
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
   * chat.addApiKey('partner', GatewayApiKey.fromSecret(secret));
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
   * Allows a grantee to connect, if `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user or function
   * @param options stages; all by default
   */
  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    const context = this.parts.grants('grantExecute');
    return this.parts.grant(options.stages, (stages) => grantExecute(grantee, { ...options, stages }, context));
  }

  /**
   * Allows a grantee to send to connections, get information about them and end them, with the `@connections` API at
   * `callbackUrl`.
   *
   * @param grantee role, user or function
   * @param options stages and methods; all by default
   */
  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    const context = this.parts.grants('grantManageConnections');
    return this.parts.grant(options.stages, (stages) =>
      grantManageConnections(grantee, { ...options, stages }, context),
    );
  }

  /**
   * Called by `ApiDomain` when it maps a stage; write `domain.map(gateway)`. The default endpoint is then disabled, unless
   * `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.parts.endpoints.bind(stage);
  }

  /** @internal */
  protected get _source(): WebSocketGatewayParts {
    return this.parts;
  }

  /** @internal */
  protected _routeOf(key: string): RouteSource {
    return routeSource(this.parts.route(key).key);
  }

  /** @internal */
  protected get _apiEndpoint(): string {
    return this.parts.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint);
  }
}
