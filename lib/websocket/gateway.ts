import { Stack } from 'aws-cdk-lib';
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
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { type ApiMappingTarget, type IMappableApi } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { operate } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { UsagePlans } from '../usage-plans/usage-plans';
import { WebSocketApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { WebSocketDeployment } from './deployment';
import { WebSocketEndpoints } from './endpoints';
import { checkGateway } from './gateway-checks';
import { type WebSocketGatewayProps } from './gateway-props';
import {
  type GrantContext,
  grantExecute,
  grantManageConnections,
  type WebSocketGrantOptions,
  type WebSocketManageConnectionsOptions,
} from './grants';
import { WebSocketMetrics } from './metrics';
import { annotateRoutes } from './annotations';
import { type WebSocketRouteOptions } from './route';
import { WebSocketRouting } from './routing';
import { type WebSocketApiSettings } from './settings';
import { defineStages, type StageDefinition } from './stage';
import { createStages, type StageResources } from './stage-resources';

/**
 * A WebSocket API with its routes, stages, logs and permissions: one deployment after all of its parts, one integration for each
 * function, and one resource per stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 */
export class WebSocketGateway extends Construct implements IMappableApi {
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

  private readonly owner: Owner;
  private readonly settings: WebSocketApiSettings;
  private readonly stages: Readonly<Record<string, StageDefinition>>;
  private readonly stageResources: Readonly<Record<string, StageResources>>;
  private readonly deployment: WebSocketDeployment;
  private readonly routing: WebSocketRouting;
  private readonly plans: UsagePlans;
  private readonly arn: string;
  private readonly endpoints: WebSocketEndpoints;
  private readonly operations: () => string[];
  private imported?: IWebSocketApi;

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps) {
    super(scope, id);
    this.owner = checkedProps(
      new Owner(`WebSocketGateway '${id}'`),
      'WebSocketGatewayProps',
      props,
      new.target !== WebSocketGateway,
    );
    this.settings = defineSettings(id, props, this.owner);
    this.stages = defineStages(props.stages, this.owner);
    const stack = Stack.of(this);

    const api = new WebSocketApiResource(this, this.settings);
    this.cfnApi = api;
    this.apiId = this.cfnApi.ref;
    this.deployment = new WebSocketDeployment(this, api, {
      needed: Object.values(this.stages).some(({ autoDeploy }) => !autoDeploy),
      redeployOn: props.redeployOn,
    });
    this.arn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${this.apiId}`;
    const { owner, stages, deployment, arn, settings } = this;
    const { defaultAuthorizer } = props;
    this.routing = new WebSocketRouting(this, { owner, api, stages, deployment, arn, defaultAuthorizer });
    const { routes, binder, late } = this.routing;
    const { usagePlansElsewhere, defaultEndpoint } = settings;
    this.stageResources = createStages(this, stages, {
      api,
      deployment,
      routes,
      binder,
      late,
      owner,
      usagePlansElsewhere,
    });
    const { stageResources } = this;
    this.plans = new UsagePlans(this, props, { apiId: api.ref, stages: stageResources, owner });
    this.endpoints = new WebSocketEndpoints(this, { owner, defaultEndpoint, api, stages: stageResources });
    this.domain = this.endpoints.ownDomain(this, props.domain);
    const operated = { kind: 'websocket', api, name: settings.name, owner, routes, stages: stageResources } as const;
    const quotas = quotasOf(this.plans);
    this.operations = operate(this, { ...operated, quotas }, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);

    this.node.addValidation({ validate: () => this.finish() });
    registerGateway(this);
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
      apiEndpoint: this.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint),
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IWebSocketStage {
    const id = `Import-${this.resourcesOf(name).definition.key}`;
    const known = this.node.tryFindChild(id) as IWebSocketStage | undefined;
    const attributes = { stageName: this.resourcesOf(name).reference, api: this.api };
    return known ?? WebSocketStage.fromWebSocketStageAttributes(this, id, attributes);
  }

  /**
   * The resource of a stage, for property overrides.
   *
   * @param name key of the `stages` map
   */
  public cfnStage(name: string): CfnStage {
    return this.resourcesOf(name).resource;
  }

  /**
   * The log group of a stage's access log.
   *
   * @param name key of the `stages` map
   */
  public accessLogGroup(name: string): ILogGroup {
    return this.resourcesOf(name).accessLogGroup;
  }

  /**
   * URL of the API's only stage, `wss://…`: where clients connect.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this.endpoints.url;
  }

  /**
   * URL of a stage, `wss://…`: where clients connect. On its domain; where it has none, on the default endpoint.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this.endpoints.urlOf(this.resourcesOf(name).definition.key);
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
    if (stage !== undefined) this.resourcesOf(stage);
    return this.endpoints.callbackUrlOf(stage);
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
    const { cfnApi: api, owner, routing, stageResources: stages } = this;
    return WebSocketMetrics._of({ api, owner, routes: routing.routes, stages });
  }

  /**
   * Lets someone connect, where `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user, function and the like
   * @param options stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grantContext);
  }

  /**
   * Lets someone send to connections, ask about them and end them, with the `@connections` API at `callbackUrl`.
   *
   * @param grantee role, user, function and the like
   * @param options stages and methods, by default all
   */
  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    return grantManageConnections(grantee, options, this.grantContext);
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.endpoints.bind(stage);
  }

  private get grantContext(): GrantContext {
    return { owner: this.owner, routes: this.routing.routes, stages: this.stageResources, arn: this.arn };
  }

  private resourcesOf(name: string): StageResources {
    return stageOf(this.stageResources, name, this.owner);
  }

  /** What the finished tree must hold; what is returned are errors. */
  private finish(): string[] {
    const { owner, settings, stages } = this;
    const { routes, binder } = this.routing;
    const errors = checkGateway({ owner, settings, stages, routes, binder, plans: this.plans.definitions });
    errors.push(...this.endpoints.errors(), ...renamedErrors(this.stageResources, owner));
    if (routes.length === 0) return errors;
    errors.push(...this.routing.late.finish(), ...this.operations());
    annotateRoutes(this.cfnApi, routes);
    this.deployment.freeze();
    return errors;
  }
}
