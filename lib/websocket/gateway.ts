import { type CfnUsagePlan, type IApiKey, type IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { apiArn, checkWhenFinished, ownerOf } from '../gateway/gateway';
import { findRoute, warnOfSchemas } from '../gateway/routes';
import { operate } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { stageOf } from '../stages/stage-names';
import { UsagePlans } from '../usage-plans/usage-plans';
import { WebSocketApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { WebSocketDeployment } from './deployment';
import { WebSocketEndpoints } from './endpoints';
import { checkGateway } from './gateway-checks';
import { WebSocketGatewayBase } from './gateway-base';
import { type WebSocketGatewayProps } from './gateway-props';
import {
  grantExecute,
  grantManageConnections,
  type WebSocketGrantOptions,
  type WebSocketManageConnectionsOptions,
} from './grants';
import { routeSource, type WebSocketSources } from './handles';
import { ImportedWebSocketGateway } from './imported-gateway';
import { type IWebSocketGateway, type IWebSocketRoute, type WebSocketGatewayAttributes } from './interfaces';
import { type WebSocketRouteOptions } from './route';
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
export class WebSocketGateway extends WebSocketGatewayBase {
  /**
   * A WebSocket API that was made elsewhere: for domains, grants, metrics and the broadcaster of a `ConnectionStore`.
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
  public readonly webSocketApiId: string;

  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public readonly domain?: ApiDomain;

  private readonly owner: Owner;
  private readonly stageResources: Readonly<Record<string, WebSocketStageResources>>;
  private readonly endpoints: WebSocketEndpoints;
  private readonly settings: WebSocketApiSettings;
  private readonly stages: Readonly<Record<string, WebSocketStageDefinition>>;
  private readonly deployment: WebSocketDeployment;
  private readonly routing: WebSocketRouting;
  private readonly plans: UsagePlans;
  private readonly operations: () => string[];

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps) {
    super(scope, id);
    const owner = ownerOf('websocket', id, props, new.target !== WebSocketGateway);
    this.owner = owner;
    const settings = defineSettings(id, props, owner);
    const stages = defineStages(props.stages, owner);
    this.settings = settings;
    this.stages = stages;
    const api = new WebSocketApiResource(this, settings);
    this.cfnApi = api;
    this.webSocketApiId = api.ref;
    const deployment = new WebSocketDeployment(this, api, {
      needed: Object.values(stages).some(({ autoDeploy }) => !autoDeploy),
      redeployOn: props.redeployOn,
    });
    this.deployment = deployment;
    const { defaultAuthorizer } = props;
    this.routing = new WebSocketRouting(this, {
      owner,
      api,
      stages,
      deployment,
      arn: apiArn(this, api.ref),
      defaultAuthorizer,
    });
    const { routes, binder, late } = this.routing;
    const { usagePlansElsewhere, defaultEndpoint } = settings;
    const context = { api, deployment, routes, binder, late, owner, usagePlansElsewhere };
    this.stageResources = Object.fromEntries(
      Object.values(stages).map((stage) => [stage.key, new WebSocketStageResources(this, stage, context)]),
    );
    this.plans = new UsagePlans(this, props, { apiId: api.ref, stages: this.stageResources, owner });
    this.endpoints = new WebSocketEndpoints(this, { owner, defaultEndpoint, api, stages: this.stageResources });
    this.domain = this.endpoints.ownDomain(this, props.domain);
    const operated = {
      kind: 'websocket',
      api,
      name: settings.name,
      owner,
      routes,
      stages: this.stageResources,
    } as const;
    this.operations = operate(this, { ...operated, quotas: quotasOf(this.plans) }, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.add(key, options);
    checkWhenFinished(this, {
      owner,
      stages: this.stageResources,
      endpoints: this.endpoints,
      routes,
      errors: () => this.errors(),
      finish: () => this.finish(),
    });
  }

  /**
   * Adds a route, and returns it for grants and metrics.
   *
   * @param key `$connect`, `$disconnect`, `$default`, or what the route selection expression gives for a message, e.g. `sendMessage`
   * @param options integration, and what else the route has
   * @throws where the key is not a route, or is there already
   */
  public addRoute(key: string, options: WebSocketRouteOptions): IWebSocketRoute {
    this.add(key, options);
    return this.route(key);
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
   * URL that messages are sent to connections by, with the `@connections` API; the `endpoint` of its client. It is on the
   * domain of the stage where the default endpoint is off.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; of the API's only stage, where none is named
   * @throws where none is named, and there are several
   */
  public callbackUrl(stage?: string): string {
    if (stage !== undefined) stageOf(this.stageResources, stage, this.owner);
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
   * Lets someone connect, where `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user, function and the like
   * @param options stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grants('grantExecute'));
  }

  /**
   * Lets someone send to connections, ask about them and end them, with the `@connections` API at `callbackUrl`.
   *
   * @param grantee role, user, function and the like
   * @param options stages and methods, by default all
   */
  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    return grantManageConnections(grantee, options, this.grants('grantManageConnections'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.endpoints.bind(stage);
  }

  /** @internal */
  protected get _sources(): WebSocketSources {
    const { endpoints, owner, routing, stageResources } = this;
    const api = {
      owner,
      arn: apiArn(this, this.webSocketApiId),
      stageKeys: Object.keys(stageResources),
      dimensions: { ApiId: this.webSocketApiId },
    };
    return {
      gateway: this,
      api,
      stageOf: (key) =>
        stageOf(stageResources, key, owner).source(endpoints, (one, name) => this._stageImport(one, name)),
      routeOf: (key) => routeSource(findRoute(key, routing.routes, owner).route.key),
    };
  }

  /** @internal */
  protected get _apiEndpoint(): string {
    return this.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint);
  }

  private grants(method: string) {
    const { owner, routing, stageResources: stages, webSocketApiId } = this;
    return { owner: owner.part(method), routes: routing.routes, stages, arn: apiArn(this, webSocketApiId) };
  }

  private add(key: string, options: WebSocketRouteOptions): void {
    this.routing.table.add(key, options);
    this.routing.late.thaw();
  }

  private errors(): string[] {
    const { owner, settings, stages } = this;
    const { routes, binder } = this.routing;
    return checkGateway({ owner, settings, stages, routes, binder, plans: this.plans.definitions });
  }

  private finish(): string[] {
    const errors = [...this.routing.late.finish(), ...this.operations()];
    const schemas = this.routing.routes.flatMap(({ request, route }) =>
      Object.values(request.bodies).map((schema) => [schema, route.key] as const),
    );
    warnOfSchemas(this.cfnApi, new Map(schemas));
    this.deployment.freeze();
    return errors;
  }
}
