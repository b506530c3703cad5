import { type CfnUsagePlan, type IApiKey, type IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnApi,
  type CfnStage,
  type IWebSocketApi,
  type IWebSocketStage,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { type ApiDomain } from '../domain/domain';
import { warnOfSchemas } from '../gateway/routes';
import { operate } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { stageOf } from '../stages/stage-names';
import { UsagePlans } from '../usage-plans/usage-plans';
import { WebSocketApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { WebSocketDeployment } from './deployment';
import { WebSocketEndpoints } from './endpoints';
import { WebSocketEscapeHatches } from './escape-hatches';
import { checkGateway } from './gateway-checks';
import { type WebSocketGatewayProps } from './gateway-props';
import {
  grantExecute,
  grantManageConnections,
  type WebSocketGrantOptions,
  type WebSocketManageConnectionsOptions,
} from './grants';
import { WebSocketMetrics } from './metrics';
import { type WebSocketRouteDefinition, type WebSocketRouteOptions } from './route';
import { WebSocketRouting } from './routing';
import { type WebSocketApiSettings } from './settings';
import { defineStages, type WebSocketStageDefinition } from './stage';
import { WebSocketStageResources } from './stage-resources';

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

  /** @internal */
  protected readonly _stages: Readonly<Record<string, WebSocketStageResources>>;
  /** @internal */
  protected readonly _endpoints: WebSocketEndpoints;
  private readonly settings: WebSocketApiSettings;
  private readonly stages: Readonly<Record<string, WebSocketStageDefinition>>;
  private readonly deployment: WebSocketDeployment;
  private readonly routing: WebSocketRouting;
  private readonly plans: UsagePlans;
  private readonly operations: () => string[];
  private imported?: IWebSocketApi;

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps = {}) {
    props = injected(WebSocketGateway, { scope, id }, props);
    super(scope, id, 'websocket', props, new.target !== WebSocketGateway);
    const owner = this._owner;
    const settings = defineSettings(id, props, owner);
    const stages = defineStages(props.stages, owner);
    this.settings = settings;
    this.stages = stages;
    const api = new WebSocketApiResource(this, settings);
    this.cfnApi = api;
    this.apiId = api.ref;
    const deployment = new WebSocketDeployment(this, api, {
      needed: Object.values(stages).some(({ autoDeploy }) => !autoDeploy),
      redeployOn: props.redeployOn,
    });
    this.deployment = deployment;
    const { defaultAuthorizer } = props;
    this.routing = new WebSocketRouting(this, { owner, api, stages, deployment, arn: this._arn, defaultAuthorizer });
    const { routes, binder, late } = this.routing;
    const { usagePlansElsewhere, defaultEndpoint } = settings;
    const context = { api, deployment, routes, binder, late, owner, usagePlansElsewhere };
    this._stages = Object.fromEntries(
      Object.values(stages).map((stage) => [stage.key, new WebSocketStageResources(this, stage, context)]),
    );
    this.plans = new UsagePlans(this, props, { apiId: api.ref, stages: this._stages, owner });
    this._endpoints = new WebSocketEndpoints(this, { owner, defaultEndpoint, api, stages: this._stages });
    this.domain = this._endpoints.ownDomain(this, props.domain);
    const operated = { kind: 'websocket', api, name: settings.name, owner, routes, stages: this._stages } as const;
    this.operations = operate(this, { ...operated, quotas: quotasOf(this.plans) }, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);
    this._register();
  }

  /**
   * Adds a route.
   *
   * @param key `$connect`, `$disconnect`, `$default`, or what the route selection expression gives for a message, e.g. `sendMessage`
   * @param options integration, and what else the route has
   * @throws where the key is not a route, or is there already
   */
  public addRoute(key: string, options: WebSocketRouteOptions): void {
    this.routing.table.add(key, options);
    this.routing.late.thaw();
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: routes added to it are not deployed; use `addRoute`.
   */
  public get api(): IWebSocketApi {
    return (this.imported ??= WebSocketApi.fromWebSocketApiAttributes(this, 'Import', {
      webSocketId: this.apiId,
      apiEndpoint: this._endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint),
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IWebSocketStage {
    const id = `Import-${stageOf(this._stages, name, this._owner).definition.key}`;
    const known = this.node.tryFindChild(id) as IWebSocketStage | undefined;
    const attributes = { stageName: stageOf(this._stages, name, this._owner).reference, api: this.api };
    return known ?? WebSocketStage.fromWebSocketStageAttributes(this, id, attributes);
  }

  /**
   * The resource of a stage, for property overrides.
   *
   * @param name key of the `stages` map
   */
  public cfnStage(name: string): CfnStage {
    return stageOf(this._stages, name, this._owner).resource;
  }

  /**
   * URL of the API's only stage, `wss://…`: where clients connect.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this._endpoints.url;
  }

  /**
   * URL of a stage, `wss://…`: where clients connect. On its domain; where it has none, on the default endpoint.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this._endpoints.urlOf(stageOf(this._stages, name, this._owner).definition.key);
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
    if (stage !== undefined) stageOf(this._stages, stage, this._owner);
    return this._endpoints.callbackUrlOf(stage);
  }

  /**
   * A usage plan as other constructs of the CDK take it.
   *
   * @param name key of the `usagePlans` map
   */
  public usagePlan(name: string): IUsagePlan {
    return this.plans.usagePlan(name);
  }

  /**
   * The resource of a usage plan, for property overrides.
   *
   * @param name key of the `usagePlans` map
   */
  public cfnUsagePlan(name: string): CfnUsagePlan {
    return this.plans.resourceOf(name);
  }

  /**
   * An API key as other constructs of the CDK take it.
   *
   * @param name its name in `apiKeys` of the gateway or of a plan
   */
  public apiKey(name: string): IApiKey {
    return this.plans.apiKey(name);
  }

  /**
   * Metrics of the API: `metrics.metricMessageCount()`, `metrics.stage('prod').route('sendMessage').metricIntegrationError()`.
   */
  public get metrics(): WebSocketMetrics {
    const { cfnApi: api, _owner: owner, _routes: routes, _stages: stages } = this;
    return WebSocketMetrics._of({ api, owner, routes, stages });
  }

  /**
   * Lets someone connect, where `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user, function and the like
   * @param options stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this._grants('grantExecute', this._routes, this._stages));
  }

  /**
   * Lets someone send to connections, ask about them and end them, with the `@connections` API at `callbackUrl`.
   *
   * @param grantee role, user, function and the like
   * @param options stages and methods, by default all
   */
  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    return grantManageConnections(grantee, options, this._grants('grantManageConnections', this._routes, this._stages));
  }

  /** @internal */
  protected get _routes(): readonly WebSocketRouteDefinition[] {
    return this.routing.routes;
  }

  /** @internal */
  protected _errors(): string[] {
    const { _owner: owner, settings, stages } = this;
    const { routes, binder } = this.routing;
    return checkGateway({ owner, settings, stages, routes, binder, plans: this.plans.definitions });
  }

  /** @internal */
  protected _finish(): string[] {
    const errors = [...this.routing.late.finish(), ...this.operations()];
    const schemas = this._routes.flatMap(({ request, route }) =>
      Object.values(request.bodies).map((schema) => [schema, route.key] as const),
    );
    warnOfSchemas(this.cfnApi, new Map(schemas));
    this.deployment.freeze();
    return errors;
  }
}
