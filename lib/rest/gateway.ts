import { Stack } from 'aws-cdk-lib';
import {
  CfnDeployment,
  type CfnRestApi,
  type CfnUsagePlan,
  type IApiKey,
  type IUsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { type Owner } from '../authoring/errors';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DeploymentId, NOT_DEPLOYED } from '../gateway/deployment-id';
import { apiArn, checkWhenFinished, ownerOf } from '../gateway/gateway';
import { findRoute, warnOfSchemas } from '../gateway/routes';
import { fromOpenApi } from '../openapi/from-open-api';
import { apiDimensions } from '../operate/monitored-api';
import { operate } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
import { stageOf } from '../stages/stage-names';
import { UsagePlans } from '../usage-plans/usage-plans';
import { acknowledgeApi } from './acknowledgements';
import { RestApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { renderDocument } from './document';
import { RestEndpointType } from './endpoint';
import { checkGateway } from './gateway-checks';
import { RestGatewayBase } from './gateway-base';
import { type RestGatewayProps } from './gateway-props';
import { grantExecute, grantInvalidateCache, type RestGrantOptions } from './grants';
import { type RestSources, routeSource } from './handles';
import { ImportedRestGateway } from './imported-gateway';
import { type IRestGateway, type IRestRoute, type RestGatewayAttributes } from './interfaces';
import { type RestOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type RestRouteOptions } from './route';
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
export class RestGateway extends RestGatewayBase {
  /**
   * A REST API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: RestOpenApiProps): RestGateway {
    return fromOpenApi(routesOf(id, props), (own) => new RestGateway(scope, id, own));
  }

  /**
   * A REST API that was made elsewhere: for domains, grants and metrics. Metrics need `restApiName`.
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
  public readonly cfnRestApi: CfnRestApi;

  /**
   * Id of the API.
   */
  public readonly restApiId: string;

  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public readonly domain?: ApiDomain;

  private readonly owner: Owner;
  private readonly stageResources: Readonly<Record<string, RestStageResources>>;
  private readonly endpoints: GatewayEndpoints;
  private readonly settings: RestApiSettings;
  private readonly stages: Readonly<Record<string, RestStageDefinition>>;
  private readonly routing: RestRouting;
  private readonly body: SplicedBody;
  private readonly deploymentId: DeploymentId;
  private readonly plans: UsagePlans;
  private readonly operations: () => string[];

  constructor(scope: Construct, id: string, props: RestGatewayProps) {
    super(scope, id);
    const owner = ownerOf('rest', id, props, new.target !== RestGateway);
    this.owner = owner;
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
    this.cfnRestApi = api;
    this.restApiId = api.ref;
    const deployment = new CfnDeployment(this, 'Deployment', { restApiId: api.ref });
    const { redeployOn } = props;
    this.deploymentId = new DeploymentId(deployment, { api, body, notDeployed: NOT_DEPLOYED.rest, redeployOn });
    this.routing = new RestRouting(this, props, {
      owner,
      settings,
      stages,
      api,
      body,
      deployment,
      arn: apiArn(this, api.ref),
    });
    const { routes, binder, late } = this.routing;
    const { endpointType, securityPolicy, endpointAccessMode, defaultEndpoint, usagePlansElsewhere } = settings;
    this.stageResources = createStages(this, stages, {
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
    this.plans = new UsagePlans(this, props, { apiId: api.ref, stages: this.stageResources, throttleKey, owner });
    this.endpoints = new GatewayEndpoints(this, {
      owner,
      api: { kind: ApiKind.REST, apiId: api.ref, endpointType, securityPolicy, endpointAccessMode },
      defaultEndpoint,
      stages: this.stageResources,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      changed: () => this.changed(),
    });
    this.domain = this.endpoints.ownDomain(this, props.domain, props);
    const operated = { kind: 'rest', api, name: settings.name, owner, routes, stages: this.stageResources } as const;
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
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: RestRouteOptions): IRestRoute {
    this.add(key, options);
    return this.route(key);
  }

  /**
   * URL of the API's only stage, with a slash at the end; see `urlForStage`.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this.endpoints.url;
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
   * Lets someone call routes that have the IAM authorizer. On identities of other accounts, `access` must agree as well.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grants('grantExecute'));
  }

  /**
   * Lets someone have responses made anew by the back-end (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache, by default all
   */
  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantInvalidateCache(grantee, options, this.grants('grantInvalidateCache'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.endpoints.bind(stage);
  }

  /** @internal */
  protected get _sources(): RestSources {
    const { endpoints, owner, routing, stageResources } = this;
    const api = {
      owner,
      arn: apiArn(this, this.restApiId),
      stageKeys: Object.keys(stageResources),
      dimensions: apiDimensions('rest', this.restApiId, this.settings.name),
    };
    return {
      gateway: this,
      api,
      stageOf: (key) =>
        stageOf(stageResources, key, owner).source(endpoints, (one, name) => this._stageImport(one, name)),
      routeOf: (key) => routeSource(findRoute(key, routing.routes, owner).route),
    };
  }

  /** @internal */
  protected get _rootResourceId(): string {
    return this.cfnRestApi.attrRootResourceId;
  }

  private grants(method: string) {
    const { owner, routing, stageResources: stages, restApiId } = this;
    return { owner: owner.part(method), routes: routing.routes, stages, arn: apiArn(this, restApiId) };
  }

  private add(key: string, options: RestRouteOptions): void {
    this.routing.table.add(key, options);
    this.changed();
  }

  private errors(): string[] {
    const { owner, settings, stages, body } = this;
    const { routes, binder } = this.routing;
    return checkGateway({ owner, settings, stages, routes, binder, body, plans: this.plans.definitions });
  }

  private finish(): string[] {
    const { cfnRestApi: api } = this;
    const { routes } = this.routing;
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
