import { Stack } from 'aws-cdk-lib';
import {
  CfnDeployment,
  type CfnRestApi,
  type CfnStage,
  type CfnUsagePlan,
  type IApiKey,
  type IRestApi,
  type IStage,
  type IUsagePlan,
  RestApi,
  Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { ApiKind } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DeploymentId, NOT_DEPLOYED } from '../gateway/deployment-id';
import { warnOfSchemas } from '../gateway/routes';
import { fromOpenApi } from '../openapi/from-open-api';
import { operate } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { stageOf } from '../stages/stage-names';
import { UsagePlans } from '../usage-plans/usage-plans';
import { acknowledgeApi } from './acknowledgements';
import { RestApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { renderDocument } from './document';
import { RestEndpointType } from './endpoint';
import { RestEscapeHatches } from './escape-hatches';
import { checkGateway } from './gateway-checks';
import { type RestGatewayProps } from './gateway-props';
import { grantExecute, grantInvalidateCache, type RestGrantOptions } from './grants';
import { RestMetrics } from './metrics';
import { type RestOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type RestRouteDefinition, type RestRouteOptions } from './route';
import { RestRouting } from './routing';
import { type RestApiSettings } from './settings';
import { defineStages, type RestStageDefinition } from './stage';
import { createStages, type RestStageResources } from './stage-resources';

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
    return fromOpenApi(RestGateway, { scope, id }, routesOf, props);
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

  /** @internal */
  protected readonly _stages: Readonly<Record<string, RestStageResources>>;
  /** @internal */
  protected readonly _endpoints: GatewayEndpoints;
  private readonly settings: RestApiSettings;
  private readonly stages: Readonly<Record<string, RestStageDefinition>>;
  private readonly routing: RestRouting;
  private readonly body: SplicedBody;
  private readonly deploymentId: DeploymentId;
  private readonly plans: UsagePlans;
  private readonly operations: () => string[];
  private imported?: IRestApi;

  constructor(scope: Construct, id: string, props: RestGatewayProps = {}) {
    props = injected(RestGateway, { scope, id }, props);
    super(scope, id, 'rest', props, new.target !== RestGateway);
    const owner = this._owner;
    const settings = defineSettings(id, props, Stack.of(this).region, owner);
    const stages = defineStages(props.stages, owner);
    this.settings = settings;
    this.stages = stages;
    // Without what depends on the final properties, of which the policy is one.
    const definition = () => ({ settings, stages, owner, ...this.routing.document });
    const whole = () => ({ ...definition(), binaryMediaTypes: api.binaryTypes });
    const body = new SplicedBody(
      () => renderDocument(whole()),
      () => api.binaryTypes.join(),
    );
    const api: RestApiResource = new RestApiResource(this, settings, body, definition);
    this.body = body;
    this.cfnApi = api;
    this.apiId = api.ref;
    const deployment = new CfnDeployment(this, 'Deployment', { restApiId: api.ref });
    const { redeployOn } = props;
    this.deploymentId = new DeploymentId(deployment, { api, body, notDeployed: NOT_DEPLOYED.rest, redeployOn });
    this.routing = new RestRouting(this, props, { owner, settings, stages, api, body, deployment, arn: this._arn });
    const { routes, binder, late } = this.routing;
    const { endpointType, securityPolicy, endpointAccessMode, defaultEndpoint, usagePlansElsewhere } = settings;
    this._stages = createStages(this, stages, {
      api,
      deployment,
      routes,
      binder,
      late,
      owner,
      webAcl: props.webAcl,
      isPrivate: endpointType === RestEndpointType.PRIVATE,
      usagePlansElsewhere,
      documentationVersion: props.documentationVersion,
    });
    const throttleKey = (route: string) => route.split(' ').reverse().join('/');
    this.plans = new UsagePlans(this, props, { apiId: api.ref, stages: this._stages, throttleKey, owner });
    this._endpoints = new GatewayEndpoints(this, {
      owner,
      api: { kind: ApiKind.REST, apiId: api.ref, endpointType, securityPolicy, endpointAccessMode },
      defaultEndpoint,
      stages: this._stages,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      changed: () => this.changed(),
    });
    this.domain = this._endpoints.ownDomain(this, props.domain, props);
    const operated = { kind: 'rest', api, name: settings.name, owner, routes, stages: this._stages } as const;
    this.operations = operate(this, { ...operated, quotas: quotasOf(this.plans) }, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);
    this._register();
  }

  /**
   * Adds a route.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: RestRouteOptions): void {
    this.routing.table.add(key, options);
    this.changed();
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: methods added to it are not deployed; use `addRoute`.
   */
  public get api(): IRestApi {
    return (this.imported ??= RestApi.fromRestApiAttributes(this, 'Import', {
      restApiId: this.apiId,
      rootResourceId: this.cfnApi.attrRootResourceId,
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IStage {
    const id = `Import-${stageOf(this._stages, name, this._owner).definition.key}`;
    const known = this.node.tryFindChild(id) as IStage | undefined;
    return (
      known ??
      Stage.fromStageAttributes(this, id, {
        stageName: stageOf(this._stages, name, this._owner).reference,
        restApi: this.api,
      })
    );
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
   * URL of the API's only stage, with a slash at the end; see `urlForStage`.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this._endpoints.url;
  }

  /**
   * URL of a stage, with a slash at the end: on its domain; where it has none, on the default endpoint.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this._endpoints.urlOf(stageOf(this._stages, name, this._owner).definition.key);
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
   * Metrics of the API: `metrics.metricCount()`, `metrics.stage('prod').route('GET /orders').metricLatency()`.
   */
  public get metrics(): RestMetrics {
    const { cfnApi: api, _owner: owner, _routes: routes, _stages: stages, settings } = this;
    return RestMetrics._of({ api, name: settings.name, owner, routes, stages });
  }

  /**
   * Lets someone call routes that have the IAM authorizer. On identities of other accounts, `access` must agree as well.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this._grants('grantExecute', this._routes, this._stages));
  }

  /**
   * Lets someone have responses made anew by the back-end (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache, by default all
   */
  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantInvalidateCache(grantee, options, this._grants('grantInvalidateCache', this._routes, this._stages));
  }

  /** @internal */
  protected get _routes(): readonly RestRouteDefinition[] {
    return this.routing.routes;
  }

  /** @internal */
  protected _errors(): string[] {
    const { _owner: owner, settings, stages, body } = this;
    const { routes, binder } = this.routing;
    return checkGateway({ owner, settings, stages, routes, binder, body, plans: this.plans.definitions });
  }

  /** @internal */
  protected _finish(): string[] {
    const { cfnApi: api, _routes: routes } = this;
    const errors = [...this.routing.errors(), ...this.operations()];
    acknowledgeApi(api, routes, this.settings.access.length > 0);
    warnOfSchemas(api, new Map(routes.flatMap(({ request: { body }, route }) => (body ? [[body, route.key]] : []))));
    this.deploymentId.freeze();
    return errors;
  }

  /** Has the document and the id of the deployment made anew. */
  private changed(): void {
    this.body.invalidate();
    this.routing.late.thaw();
    this.deploymentId.thaw();
  }
}
