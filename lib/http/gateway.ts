import { Stack } from 'aws-cdk-lib';
import {
  type CfnApi,
  type CfnStage,
  HttpApi,
  HttpStage,
  type IHttpApi,
  type IHttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { type ApiMappingTarget, type IMappableApi } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { operate } from '../operate/operations';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { LambdaPermissions } from '../integrations/lambda-permission';
import { LateBinding } from '../gateway/late-binding/late-binding';
import { fromOpenApi } from '../openapi/from-open-api';
import { ServiceRoles } from '../integrations/service-roles';
import { SplicedBody } from '../document/spliced-body';
import { renamedErrors, stageOf } from '../stages/stage-names';
import { acknowledgeApi } from './acknowledgements';
import { HttpApiResource } from './api-resource';
import { HttpDeployment } from './deployment';
import { renderDocument, saidOf } from './document';
import { HttpEndpoints } from './endpoints';
import { checkGateway } from './gateway-checks';
import { type HttpGatewayProps } from './gateway-props';
import { grantExecute, type HttpGrantOptions } from './grants';
import { HttpMetrics } from './metrics';
import { type HttpOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { Preflights } from './preflight';
import { type HttpRouteDefinition, type HttpRouteOptions } from './route';
import { HttpRouteBinder } from './route-binder';
import { HttpRouteTable } from './route-table';
import { HttpSecuritySchemes } from './security';
import { defineSettings, type HttpApiSettings } from './settings';
import { defineStages, type HttpStageDefinition } from './stage';
import { HttpStageResources } from './stage-resources';

/**
 * An HTTP API with its routes, stages, logs and permissions: one OpenAPI document in one resource, and one resource per stage,
 * whatever the number of routes. It costs about a third of a REST API.
 *
 * What HTTP APIs do not have, `RestGateway` does: request validation, a cache, API keys and usage plans, AWS WAF,
 * edge-optimized and private endpoints, responses of one's own to errors, execution logs, X-Ray and canary releases of a stage.
 * Amazon CloudFront in front of an HTTP API has a cache, a firewall and edge locations; versions of a function are shifted with
 * `LambdaCanary`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export class HttpGateway extends Construct implements IMappableApi {
  /**
   * An HTTP API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`. HTTP APIs validate nothing: the parameters,
   * bodies and schemas of the document are left out, which is one such warning, `OpenApi-NotValidated`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: HttpOpenApiProps): HttpGateway {
    return fromOpenApi(routesOf(id, props), (own) => new HttpGateway(scope, id, own));
  }

  /**
   * The API resource, for property overrides inside of `Body`; CloudFormation takes no other property beside it.
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
  private readonly settings: HttpApiSettings;
  private readonly stages: Readonly<Record<string, HttpStageDefinition>>;
  private readonly stageResources: Readonly<Record<string, HttpStageResources>>;
  private readonly routes: HttpRouteDefinition[] = [];
  private readonly security: HttpSecuritySchemes;
  private readonly preflights: Preflights;
  private readonly body: SplicedBody;
  private readonly late: LateBinding;
  private readonly deployment?: HttpDeployment;
  private readonly binder: HttpRouteBinder;
  private readonly table: HttpRouteTable;
  private readonly arn: string;
  private readonly endpoints: HttpEndpoints;
  private readonly operations: () => string[];
  private imported?: IHttpApi;

  constructor(scope: Construct, id: string, props: HttpGatewayProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.owner = checkedProps(new Owner(`HttpGateway '${id}'`), 'HttpGatewayProps', props, new.target !== HttpGateway);
    this.settings = defineSettings(id, props, this.owner);
    this.stages = defineStages(props.stages, this.owner);

    this.body = new SplicedBody(() => this.render(api.documentTags));
    const api = new HttpApiResource(this, this.body, () => saidOf({ settings: this.settings, routes: this.allRoutes }));
    this.cfnApi = api;
    this.apiId = api.ref;
    this.arn = `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${this.apiId}`;
    this.late = new LateBinding({
      owner: this.owner,
      api,
      document: () => this.body.tokens,
      parts: () => [],
      variables: () => this.binder.setVariables,
      stageKeys: Object.keys(this.stages),
    });
    this.security = new HttpSecuritySchemes(stack, this.owner, this.late);
    const all = Object.values(this.stages);
    this.deployment = all.some(({ autoDeploy }) => !autoDeploy)
      ? new HttpDeployment(this, api, this.body, props.redeployOn)
      : undefined;
    if (props.redeployOn && !this.deployment) {
      throw this.owner.error('redeployOn is for stages with autoDeploy: false; every stage deploys by itself');
    }
    if (this.deployment) this.late.comesLast(this.deployment.resource);
    const stageNames = () => all.map(({ name }) => name);
    const permissions = new LambdaPermissions(this, 'Invoke', { prefix: this.arn, stageNames });
    this.preflights = new Preflights(
      this,
      this.settings.cors !== undefined,
      `${this.arn}/${all.length === 1 ? all[0].name : '*'}/OPTIONS/*`,
    );
    const roles = new ServiceRoles(this, 'Services', api);
    this.binder = new HttpRouteBinder(this, this.stages, permissions, roles, this.late);
    this.table = new HttpRouteTable(this.routes, {
      owner: this.owner,
      defaultAuthorizer: props.defaultAuthorizer,
      binder: this.binder,
      permissions,
      preflights: this.preflights,
      security: this.security,
    });
    const { routes, binder, owner, late } = this;
    const context = { api, deployment: this.deployment?.resource, routes, binder, owner, late };
    this.stageResources = Object.fromEntries(
      all.map((stage) => [stage.key, new HttpStageResources(this, stage, context)]),
    );
    const { stageResources } = this;
    this.endpoints = new HttpEndpoints(this, {
      owner,
      defaultEndpoint: this.settings.defaultEndpoint,
      api,
      stages: stageResources,
      changed: () => this.changed(),
    });
    this.domain = this.endpoints.ownDomain(this, props.domain);
    const operated = { kind: 'http', api, name: this.settings.name, owner, routes, stages: stageResources } as const;
    this.operations = operate(this, operated, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);

    this.node.addValidation({ validate: () => this.finish() });
    registerGateway(this);
  }

  /**
   * Adds a route.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`, or `$default` for all that no other route takes
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: HttpRouteOptions): void {
    this.table.add(key, options);
    this.changed();
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: routes added to it cannot stand beside the document; use
   * `addRoute`.
   */
  public get api(): IHttpApi {
    return (this.imported ??= HttpApi.fromHttpApiAttributes(this, 'Import', {
      httpApiId: this.apiId,
      apiEndpoint: this.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint),
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IHttpStage {
    const id = `Import-${this.resourcesOf(name).definition.key}`;
    const known = this.node.tryFindChild(id) as IHttpStage | undefined;
    return (
      known ??
      HttpStage.fromHttpStageAttributes(this, id, { stageName: this.resourcesOf(name).reference, api: this.api })
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
   * Metrics of the API: `metrics.metricCount()`, `metrics.stage('prod').route('GET /orders').metricLatency()`.
   */
  public get metrics(): HttpMetrics {
    const { cfnApi: api, owner, routes, stageResources: stages } = this;
    return HttpMetrics._of({ api, owner, routes, stages });
  }

  /**
   * Lets someone call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    const { owner, routes, stageResources: stages, arn } = this;
    return grantExecute(grantee, options, { owner, routes, stages, arn });
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
    this.late.thaw();
    this.deployment?.thaw();
  }

  private render(tags: unknown) {
    const { settings, security, allRoutes: routes } = this;
    return renderDocument({ settings, security, tags, routes });
  }

  /** Those of the user, and the preflights beside them. */
  private get allRoutes(): readonly HttpRouteDefinition[] {
    return [...this.routes, ...this.preflights.beside(this.routes)];
  }

  private resourcesOf(name: string): HttpStageResources {
    return stageOf(this.stageResources, name, this.owner);
  }

  /** What the finished tree must hold; what is returned are errors. */
  private finish(): string[] {
    const { owner, stages, routes, binder, body } = this;
    this.preflights.finish(routes);
    const errors = checkGateway({ owner, stages, routes, binder, body });
    errors.push(...this.endpoints.errors(), ...renamedErrors(this.stageResources, owner));
    if (routes.length === 0) return errors;
    errors.push(...this.late.finish(), ...this.operations());
    acknowledgeApi(this.cfnApi, routes);
    this.deployment?.freeze();
    return errors;
  }
}
