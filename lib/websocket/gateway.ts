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
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.WebSocketGateway';

  /**
   * A WebSocket API that was made elsewhere: for domains, grants, metrics and the broadcaster of a `ConnectionStore`.
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
   * @param key `$connect`, `$disconnect`, `$default`, or what the route selection expression gives for a message, e.g. `sendMessage`
   * @param options integration, and what else the route has
   * @throws where the key is not a route, or is there already
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
   * Adds a stage, as one of the `stages` prop. Usage plans, alarms, dashboard, saved queries, grants and outputs that are for all
   * stages have it too. What the props name (`domain`, `alarms.stages`, `stages` of a plan) must be among the stages of the props.
   *
   * @param name key of the stage; ids are made of it
   * @param options log, limits, variables and what else the stage has
   * @throws where it is there already, or another one has its name
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
   * @throws where there are several stages
   */
  public get url(): string {
    return this.parts.endpoints.url;
  }

  /**
   * URL that messages are sent to connections by, with the `@connections` API; the `endpoint` of its client. It is on the
   * domain of the stage where the default endpoint is off.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; of the API's only stage, where none is named
   * @throws where none is named, and there are several
   */
  public callbackUrl(stage?: string): string {
    if (stage !== undefined) this._sources.stageOf(stage);
    return this.parts.endpoints.callbackUrlOf(stage);
  }

  /**
   * Adds a usage plan, as one of the `usagePlans` prop.
   *
   * @param name name of the plan; ids are made of it
   * @param options keys, stages and limits
   * @throws where it is there already, or a key of it is in another plan of the stage
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
   * Adds an API key, as one of the `apiKeys` prop; plans that come later take it by its name.
   *
   * @param name name of the key; ids are made of it
   * @param key where its value comes from; API Gateway generates it by default
   * @throws where it is there already
   *
   * @example
   * chat.addApiKey('partner', GatewayApiKey.fromSecret(secret));
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
   * Lets someone connect, where `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user, function and the like
   * @param options stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    const context = this.parts.grants('grantExecute');
    return this.parts.grant(options.stages, (stages) => grantExecute(grantee, { ...options, stages }, context));
  }

  /**
   * Lets someone send to connections, ask about them and end them, with the `@connections` API at `callbackUrl`.
   *
   * @param grantee role, user, function and the like
   * @param options stages and methods, by default all
   */
  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    const context = this.parts.grants('grantManageConnections');
    return this.parts.grant(options.stages, (stages) =>
      grantManageConnections(grantee, { ...options, stages }, context),
    );
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
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
