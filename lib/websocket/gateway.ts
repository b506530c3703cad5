import { CfnOutput, Stack } from 'aws-cdk-lib';
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
import { Owner } from '../shared/errors';
import { LambdaPermissions } from '../shared/lambda-permission';
import { ServiceRoles } from '../shared/service-roles';
import { UsagePlans } from '../shared/usage-plans/usage-plans';
import { suggest } from '../template/nearest';
import { createApi } from './api-resource';
import { Authorizers } from './authorizers';
import { defineSettings } from './define-settings';
import { WebSocketDeployment } from './deployment';
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
import { RouteBinder } from './route-binder';
import { RouteModels } from './route-models';
import { RouteResources } from './route-resources';
import { RouteTable } from './route-table';
import { type RouteDefinition, type WebSocketRouteOptions } from './route';
import { type WebSocketApiSettings } from './settings';
import { defineStages, type StageDefinition } from './stage';
import { createStages, type StageResources } from './stage-resources';

/**
 * A WebSocket API with its routes, stages, logs and permissions: one deployment after all of its parts, one integration for each
 * function, and one resource per stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html
 */
export class WebSocketGateway extends Construct {
  /**
   * The API resource, for property overrides.
   */
  public readonly cfnApi: CfnApi;

  /**
   * Id of the API.
   */
  public readonly webSocketApiId: string;

  private readonly owner: Owner;
  private readonly settings: WebSocketApiSettings;
  private readonly stages: Readonly<Record<string, StageDefinition>>;
  private readonly stageResources: Readonly<Record<string, StageResources>>;
  private readonly routes: RouteDefinition[] = [];
  private readonly deployment: WebSocketDeployment;
  private readonly permissions: LambdaPermissions;
  private readonly binder: RouteBinder;
  private readonly table: RouteTable;
  private readonly plans: UsagePlans;
  private readonly arn: string;
  private imported?: IWebSocketApi;

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps) {
    super(scope, id);
    this.owner = new Owner(`WebSocketGateway '${id}'`);
    this.settings = defineSettings(id, props, this.owner);
    this.stages = defineStages(props.stages, this.owner);
    const stack = Stack.of(this);

    this.cfnApi = createApi(this, this.settings);
    this.webSocketApiId = this.cfnApi.ref;
    this.deployment = new WebSocketDeployment(this, this.cfnApi, {
      needed: Object.values(this.stages).some(({ autoDeploy }) => !autoDeploy),
      redeployOn: props.redeployOn,
    });
    this.arn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${this.webSocketApiId}`;
    this.permissions = new LambdaPermissions(this, 'Invoke', {
      prefix: this.arn,
      stageNames: () => Object.values(this.stages).map((stage) => stage.name),
    });
    this.binder = new RouteBinder(
      stack,
      this.stages,
      this.permissions,
      new ServiceRoles(this, 'Services', this.deployment),
    );
    const authorizers = new Authorizers(this, this.cfnApi, this.deployment, this.permissions);
    this.table = new RouteTable(this.routes, {
      owner: this.owner,
      defaultAuthorizer: props.defaultAuthorizer,
      binder: this.binder,
      resources: new RouteResources(this, {
        api: this.cfnApi,
        deployment: this.deployment,
        models: new RouteModels(this, this.cfnApi, this.deployment, this.owner),
        authorizerOf: ({ authorizer }) => authorizers.create(authorizer),
      }),
    });
    this.stageResources = createStages(this, this.stages, {
      owner: this.owner,
      api: this.cfnApi,
      deployment: this.deployment,
      routes: this.routes,
      binder: this.binder,
      usagePlansElsewhere: this.settings.usagePlansElsewhere,
    });
    const { owner, webSocketApiId: apiId, stageResources } = this;
    this.plans = new UsagePlans(this, props, { apiId, stages: stageResources, owner });
    for (const stage of Object.values(this.stages)) {
      new CfnOutput(this, `Url-${stage.key}`, {
        value: this.urlForStage(stage.key),
        description: `URL of stage ${stage.key}`,
      });
    }
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
    this.table.add(key, options);
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: routes added to it are not deployed; use `addRoute`.
   */
  public get webSocketApi(): IWebSocketApi {
    return (this.imported ??= WebSocketApi.fromWebSocketApiAttributes(this, 'Import', {
      webSocketId: this.webSocketApiId,
      apiEndpoint: this.cfnApi.attrApiEndpoint,
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
    const attributes = { stageName: this.cfnStage(name).ref, api: this.webSocketApi };
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
    return this.urlForStage(this.onlyStage('url is', 'urlForStage'));
  }

  /**
   * URL of a stage on the default endpoint, `wss://…`: where clients connect.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this.endpoint('wss', this.resourcesOf(name).resource.ref);
  }

  /**
   * URL that messages are sent to connections by, with the `@connections` API; the `endpoint` of its client.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; of the API's only stage, where none is named
   * @throws where none is named, and there are several
   */
  public callbackUrl(stage?: string): string {
    // By name: a function behind a route, which the stage comes after, can be told where to send.
    const key = stage ?? this.onlyStage('callbackUrl() is', 'callbackUrl');
    return this.endpoint('https', this.resourcesOf(key).definition.name);
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
    const { cfnApi: api, owner, routes, stageResources: stages } = this;
    return WebSocketMetrics._of({ api, owner, routes, stages });
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

  private get grantContext(): GrantContext {
    return { owner: this.owner, routes: this.routes, stages: this.stageResources, arn: this.arn, scope: this };
  }

  private onlyStage(what: string, instead: string): string {
    const keys = Object.keys(this.stages);
    if (keys.length === 1) return keys[0];
    throw this.owner.error(`${what} of the only stage, and there are ${keys.length}; use ${instead}('${keys[0]}')`);
  }

  private endpoint(scheme: string, stage: string): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${scheme}://${this.webSocketApiId}.execute-api.${region}.${urlSuffix}/${stage}`;
  }

  private resourcesOf(name: string): StageResources {
    const stage = this.stageResources[name];
    if (!stage) throw this.owner.error(`has no stage "${name}".${suggest(name, Object.keys(this.stages))}`);
    return stage;
  }

  /** What the finished tree must hold; what is returned are errors. */
  private finish(): string[] {
    const { owner, settings, stages, routes, binder } = this;
    const errors = checkGateway({ owner, settings, stages, routes, binder, plans: this.plans.definitions });
    annotateRoutes(this.cfnApi, routes);
    this.deployment.freeze();
    return errors;
  }
}
