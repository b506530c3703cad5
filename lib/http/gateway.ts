import {
  type CfnApi,
  CfnDeployment,
  type CfnStage,
  HttpApi,
  HttpStage,
  type IHttpApi,
  type IHttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { injected } from '../authoring/injection';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { ApiKind } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DEFAULT_STAGE } from '../facts/names';
import { DeploymentId, NOT_DEPLOYED } from '../gateway/deployment-id';
import { GatewayBase } from '../gateway/gateway';
import { fromOpenApi } from '../openapi/from-open-api';
import { operate } from '../operate/operations';
import { stageOf } from '../stages/stage-names';
import { acknowledgeApi } from './acknowledgements';
import { HttpApiResource } from './api-resource';
import { renderDocument, saidOf } from './document';
import { checkGateway } from './gateway-checks';
import { type HttpGatewayProps } from './gateway-props';
import { grantExecute, type HttpGrantOptions } from './grants';
import { HttpMetrics } from './metrics';
import { type HttpOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type HttpRouteDefinition, type HttpRouteOptions } from './route';
import { HttpRouting } from './routing';
import { defineSettings } from './settings';
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
export class HttpGateway extends GatewayBase {
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.HttpGateway';

  /**
   * An HTTP API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`. HTTP APIs validate nothing: the parameters,
   * bodies and schemas of the document are left out, which is one such warning, `OpenApi-NotValidated`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: HttpOpenApiProps): HttpGateway {
    return fromOpenApi(HttpGateway, { scope, id }, routesOf, props);
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

  /** @internal */
  protected readonly _stages: Readonly<Record<string, HttpStageResources>>;
  /** @internal */
  protected readonly _endpoints: GatewayEndpoints;
  private readonly stages: Readonly<Record<string, HttpStageDefinition>>;
  private readonly routing: HttpRouting;
  private readonly body: SplicedBody;
  private readonly deploymentId?: DeploymentId;
  private readonly operations: () => string[];
  private imported?: IHttpApi;

  constructor(scope: Construct, id: string, props: HttpGatewayProps = {}) {
    props = injected(HttpGateway, { scope, id }, props);
    super(scope, id, 'http', props, new.target !== HttpGateway);
    const owner = this._owner;
    const settings = defineSettings(id, props, owner);
    const stages = defineStages(props.stages, owner);
    this.stages = stages;
    const body = new SplicedBody(() => renderDocument({ settings, tags: api.documentTags, ...this.routing.document }));
    const api: HttpApiResource = new HttpApiResource(this, body, () =>
      saidOf({ settings, routes: this.routing.document.routes }),
    );
    this.body = body;
    this.cfnApi = api;
    this.apiId = api.ref;
    const deployment = this.deploymentOf(api, stages);
    const { redeployOn } = props;
    this.deploymentId =
      deployment && new DeploymentId(deployment, { api, body, notDeployed: NOT_DEPLOYED.http, redeployOn });
    if (redeployOn && !deployment) {
      throw owner.error('redeployOn is for stages with autoDeploy: false; every stage deploys by itself');
    }
    this.routing = new HttpRouting(this, props, { owner, settings, stages, api, body, deployment, arn: this._arn });
    const { routes, binder, late } = this.routing;
    const context = { api, deployment, routes, binder, owner, late };
    this._stages = Object.fromEntries(
      Object.values(stages).map((stage) => [stage.key, new HttpStageResources(this, stage, context)]),
    );
    this._endpoints = new GatewayEndpoints(this, {
      owner,
      api: { kind: ApiKind.HTTP, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint: settings.defaultEndpoint,
      stages: this._stages,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      isRoot: (key) => stages[key].name === DEFAULT_STAGE,
      changed: () => this.changed(),
    });
    this.domain = this._endpoints.ownDomain(this, props.domain);
    const operated = { kind: 'http', api, name: settings.name, owner, routes, stages: this._stages } as const;
    this.operations = operate(this, operated, props);
    for (const [key, options] of Object.entries(props.routes ?? {})) this.addRoute(key, options);
    this._register();
  }

  /**
   * Adds a route.
   *
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`, or `$default` for all that no other route takes
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: HttpRouteOptions): void {
    this.routing.table.add(key, options);
    this.changed();
  }

  /**
   * The API as other constructs of the CDK take it. It is an import: routes added to it cannot stand beside the document; use
   * `addRoute`.
   */
  public get api(): IHttpApi {
    return (this.imported ??= HttpApi.fromHttpApiAttributes(this, 'Import', {
      httpApiId: this.apiId,
      apiEndpoint: this._endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint),
    }));
  }

  /**
   * A stage as other constructs of the CDK take it.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): IHttpStage {
    const id = `Import-${stageOf(this._stages, name, this._owner).definition.key}`;
    const known = this.node.tryFindChild(id) as IHttpStage | undefined;
    return (
      known ??
      HttpStage.fromHttpStageAttributes(this, id, {
        stageName: stageOf(this._stages, name, this._owner).reference,
        api: this.api,
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
   * Metrics of the API: `metrics.metricCount()`, `metrics.stage('prod').route('GET /orders').metricLatency()`.
   */
  public get metrics(): HttpMetrics {
    const { cfnApi: api, _owner: owner, _routes: routes, _stages: stages } = this;
    return HttpMetrics._of({ api, owner, routes, stages });
  }

  /**
   * Lets someone call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this._grants('grantExecute', this._routes, this._stages));
  }

  /**
   * The deployment of stages with `autoDeploy: false`, for property overrides; undefined where every stage deploys by itself. Its
   * logical id is of what it deploys.
   */
  public get cfnDeployment(): CfnDeployment | undefined {
    return this.node.tryFindChild('Deployment') as CfnDeployment | undefined;
  }

  /** @internal */
  protected get _routes(): readonly HttpRouteDefinition[] {
    return this.routing.routes;
  }

  /** @internal */
  protected _errors(): string[] {
    const { _owner: owner, stages, body } = this;
    const { routes, binder, preflights } = this.routing;
    preflights.finish(routes);
    return checkGateway({ owner, stages, routes, binder, body });
  }

  /** @internal */
  protected _finish(): string[] {
    const errors = [...this.routing.late.finish(), ...this.operations()];
    acknowledgeApi(this.cfnApi, this._routes);
    this.deploymentId?.freeze();
    return errors;
  }

  /** For stages that do not deploy by themselves. */
  private deploymentOf(api: CfnApi, stages: Readonly<Record<string, HttpStageDefinition>>): CfnDeployment | undefined {
    if (Object.values(stages).every(({ autoDeploy }) => autoDeploy)) return undefined;
    return new CfnDeployment(this, 'Deployment', { apiId: api.ref });
  }

  /** Has the document and the id of the deployment made anew. */
  private changed(): void {
    this.body.invalidate();
    this.routing.late.thaw();
    this.deploymentId?.thaw();
  }
}
