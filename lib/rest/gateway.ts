import { Stack } from 'aws-cdk-lib';
import {
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
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { type ApiMappingTarget, type IMappableApi } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { fromOpenApi } from '../openapi/from-open-api';
import { SplicedBody } from '../document/spliced-body';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { annotateApi } from './annotations';
import { RestApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { RestEndpointType } from './endpoint';
import { RestEndpoints } from './endpoints';
import { RestDeployment } from './deployment';
import { renderDocument } from './document';
import { checkGateway } from './gateway-checks';
import { type RestGatewayProps } from './gateway-props';
import { type GrantContext, grantExecute, grantInvalidateCache, type RestGrantOptions } from './grants';
import { RestMetrics } from './metrics';
import { type RestOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { operate } from './operations';
import { type RestRouteOptions } from './route';
import { RestRouting } from './routing';
import { type RestApiSettings } from './settings';
import { defineStages, type StageDefinition } from './stage';
import { createStages, type StageResources } from './stage-resources';
import { createUsagePlans, type UsagePlans } from './usage-plans';

/**
 * A REST API with its routes, stages, logs and permissions: one OpenAPI document in one resource, one deployment, and one
 * resource per stage, whatever the number of routes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html
 */
export class RestGateway extends Construct implements IMappableApi {
  /**
   * A REST API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: RestOpenApiProps): RestGateway {
    return fromOpenApi(routesOf(id, props), (own) => new RestGateway(scope, id, own));
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

  private readonly owner: Owner;
  private readonly settings: RestApiSettings;
  private readonly stages: Readonly<Record<string, StageDefinition>>;
  private readonly stageResources: Readonly<Record<string, StageResources>>;
  private readonly routing: RestRouting;
  private readonly body: SplicedBody;
  private readonly deployment: RestDeployment;
  private readonly plans: UsagePlans;
  private readonly arn: string;
  private readonly endpoints: RestEndpoints;
  private readonly operations: () => string[];
  private imported?: IRestApi;

  constructor(scope: Construct, id: string, props: RestGatewayProps) {
    super(scope, id);
    this.owner = checkedProps(new Owner(`RestGateway '${id}'`), 'RestGatewayProps', props, new.target !== RestGateway);
    this.settings = defineSettings(id, props, Stack.of(this).region, this.owner);
    this.stages = defineStages(props.stages, this.owner);
    const stack = Stack.of(this);
    const { owner, settings, stages } = this;
    // Without what depends on the final properties, of which the policy is one.
    const definition = () => ({ settings, stages, owner, ...this.routing.document });
    const whole = () => ({ ...definition(), binaryMediaTypes: api.binaryTypes });
    const variant = () => api.binaryTypes.join();
    this.body = new SplicedBody(() => renderDocument(whole()), variant);
    const api = new RestApiResource(this, settings, this.body, definition);
    this.cfnApi = api;
    this.apiId = api.ref;
    this.deployment = new RestDeployment(this, api, this.body, props.redeployOn);
    this.arn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${this.apiId}`;
    const deployment = this.deployment.resource;
    const { body, arn } = this;
    this.routing = new RestRouting(this, props, { owner, settings, stages, api, body, deployment, arn });
    this.stageResources = createStages(this, this.stages, {
      api,
      deployment,
      routes: this.routing.routes,
      binder: this.routing.binder,
      late: this.routing.late,
      owner: this.owner,
      webAcl: props.webAcl,
      isPrivate: this.settings.endpointType === RestEndpointType.PRIVATE,
      usagePlansElsewhere: this.settings.usagePlansElsewhere,
      documentationVersion: props.documentationVersion,
    });
    this.plans = createUsagePlans(this, props, this.apiId, this.stageResources, this.owner);
    const changed = () => this.changed();
    this.endpoints = new RestEndpoints(this, { owner, settings, api, stages: this.stageResources, changed });
    this.domain = this.endpoints.ownDomain(this, props.domain, props);
    this.operations = operate(this, props, this.metricsSource);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);

    this.node.addValidation({ validate: () => this.finish() });
    registerGateway(this);
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
    const id = `Import-${this.resourcesOf(name).definition.key}`;
    const known = this.node.tryFindChild(id) as IStage | undefined;
    return (
      known ?? Stage.fromStageAttributes(this, id, { stageName: this.resourcesOf(name).reference, restApi: this.api })
    );
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
   * URL of the API's only stage, with a slash at the end; see `urlForStage`.
   *
   * @throws where there are several stages
   */
  public get url(): string {
    return this.endpoints.url;
  }

  /**
   * URL of a stage, with a slash at the end: on its domain; where it has none, on the default endpoint.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this.endpoints.urlOf(this.resourcesOf(name).definition.key);
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
    return RestMetrics._of(this.metricsSource);
  }

  /**
   * Lets someone call routes that have the IAM authorizer. On identities of other accounts, `access` must agree as well.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grantContext);
  }

  /**
   * Lets someone have responses made anew by the back-end (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache, by default all
   */
  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return grantInvalidateCache(grantee, options, this.grantContext);
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.endpoints.bind(stage);
  }

  /** Has the document and the id of the deployment made anew. */
  private changed(): void {
    this.body.invalidate();
    this.routing.late.thaw();
    this.deployment.thaw();
  }

  private get metricsSource() {
    const { cfnApi: api, owner, settings, routing, stageResources: stages, plans } = this;
    return { api, name: settings.name, owner, routes: routing.routes, stages, plans };
  }

  private get grantContext(): GrantContext {
    return { owner: this.owner, routes: this.routing.routes, stages: this.stageResources, arn: this.arn };
  }

  private resourcesOf(name: string): StageResources {
    return stageOf(this.stageResources, name, this.owner);
  }

  /** What the finished tree must hold; what is returned are errors. */
  private finish(): string[] {
    const { owner, settings, stages, body } = this;
    const { routes, binder } = this.routing;
    const errors = checkGateway({ owner, settings, stages, routes, binder, body, plans: this.plans.definitions });
    errors.push(...this.endpoints.errors(), ...renamedErrors(this.stageResources, owner));
    if (routes.length === 0) return errors;
    errors.push(...this.routing.errors(), ...this.operations());
    annotateApi(this.cfnApi, routes, settings.access.length > 0);
    this.deployment.freeze();
    return errors;
  }
}
