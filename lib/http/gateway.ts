import { type CfnApi, CfnDeployment } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { type Owner } from '../authoring/errors';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DEFAULT_STAGE } from '../facts/names';
import { DeploymentId, NOT_DEPLOYED } from '../gateway/deployment-id';
import { apiArn, checkWhenFinished, ownerOf } from '../gateway/gateway';
import { findRoute } from '../gateway/routes';
import { fromOpenApi } from '../openapi/from-open-api';
import { operate } from '../operate/operations';
import { stageOf } from '../stages/stage-names';
import { acknowledgeApi } from './acknowledgements';
import { HttpApiResource } from './api-resource';
import { renderDocument, saidOf } from './document';
import { checkGateway } from './gateway-checks';
import { HttpGatewayBase } from './gateway-base';
import { type HttpGatewayProps } from './gateway-props';
import { grantExecute, type HttpGrantOptions } from './grants';
import { type HttpSources, routeSource } from './handles';
import { ImportedHttpGateway } from './imported-gateway';
import { type HttpGatewayAttributes, type IHttpGateway, type IHttpRoute } from './interfaces';
import { type HttpOpenApiProps } from './openapi/props';
import { routesOf } from './openapi/routes';
import { type HttpRouteOptions } from './route';
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
export class HttpGateway extends HttpGatewayBase {
  /**
   * An HTTP API whose routes are the operations of an OpenAPI 3.0 document. What API Gateway cannot take is an error that
   * names its place in the document, or is repaired with a warning `OpenApi-…`. HTTP APIs validate nothing: the parameters,
   * bodies and schemas of the document are left out, which is one such warning, `OpenApi-NotValidated`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: HttpOpenApiProps): HttpGateway {
    return fromOpenApi(routesOf(id, props), (own) => new HttpGateway(scope, id, own));
  }

  /**
   * An HTTP API that was made elsewhere: for domains, grants and metrics.
   */
  public static fromHttpGatewayAttributes(
    scope: Construct,
    id: string,
    attributes: HttpGatewayAttributes,
  ): IHttpGateway {
    return new ImportedHttpGateway(scope, id, attributes);
  }

  /**
   * The API resource, for property overrides inside of `Body`; CloudFormation takes no other property beside it.
   */
  public readonly cfnApi: CfnApi;

  /**
   * Id of the API.
   */
  public readonly httpApiId: string;

  /**
   * The domain of the `domain` prop, for more paths and stages.
   */
  public readonly domain?: ApiDomain;

  private readonly owner: Owner;
  private readonly stageResources: Readonly<Record<string, HttpStageResources>>;
  private readonly endpoints: GatewayEndpoints;
  private readonly stages: Readonly<Record<string, HttpStageDefinition>>;
  private readonly routing: HttpRouting;
  private readonly body: SplicedBody;
  private readonly deploymentId?: DeploymentId;
  private readonly operations: () => string[];

  constructor(scope: Construct, id: string, props: HttpGatewayProps) {
    super(scope, id);
    const owner = ownerOf('http', id, props, new.target !== HttpGateway);
    this.owner = owner;
    const settings = defineSettings(id, props, owner);
    const stages = defineStages(props.stages, owner);
    this.stages = stages;
    const body = new SplicedBody(() => renderDocument({ settings, tags: api.documentTags, ...this.routing.document }));
    const api: HttpApiResource = new HttpApiResource(this, body, () =>
      saidOf({ settings, routes: this.routing.document.routes }),
    );
    this.body = body;
    this.cfnApi = api;
    this.httpApiId = api.ref;
    const deployment = this.deploymentOf(api, stages);
    const { redeployOn } = props;
    this.deploymentId =
      deployment && new DeploymentId(deployment, { api, body, notDeployed: NOT_DEPLOYED.http, redeployOn });
    if (redeployOn && !deployment) {
      throw owner.error('redeployOn is for stages with autoDeploy: false; every stage deploys by itself');
    }
    this.routing = new HttpRouting(this, props, {
      owner,
      settings,
      stages,
      api,
      body,
      deployment,
      arn: apiArn(this, api.ref),
    });
    const { routes, binder, late } = this.routing;
    const context = { api, deployment, routes, binder, owner, late };
    this.stageResources = Object.fromEntries(
      Object.values(stages).map((stage) => [stage.key, new HttpStageResources(this, stage, context)]),
    );
    this.endpoints = new GatewayEndpoints(this, {
      owner,
      api: { kind: ApiKind.HTTP, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint: settings.defaultEndpoint,
      stages: this.stageResources,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      isRoot: (key) => stages[key].name === DEFAULT_STAGE,
      changed: () => this.changed(),
    });
    this.domain = this.endpoints.ownDomain(this, props.domain);
    const operated = { kind: 'http', api, name: settings.name, owner, routes, stages: this.stageResources } as const;
    this.operations = operate(this, operated, props);
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
   * @param key `METHOD /path`, e.g. `GET /orders/{id}`, `ANY /files/{proxy+}`, or `$default` for all that no other route takes
   * @param options integration, authorizer and what else the route has
   * @throws where the key is not a route, or the route cannot stand beside those that are there
   */
  public addRoute(key: string, options: HttpRouteOptions): IHttpRoute {
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
   * Lets someone call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grants('grantExecute'));
  }

  /**
   * Called by `ApiDomain` when it maps a stage; `domain.map(gateway)` is what you write. The default endpoint is off from
   * then on, unless `disableExecuteApiEndpoint` says otherwise.
   */
  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.endpoints.bind(stage);
  }

  /** @internal */
  protected get _sources(): HttpSources {
    const { endpoints, owner, routing, stageResources } = this;
    const api = {
      owner,
      arn: apiArn(this, this.httpApiId),
      stageKeys: Object.keys(stageResources),
      dimensions: { ApiId: this.httpApiId },
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
  protected get _apiEndpoint(): string {
    return this.endpoints.apiEndpoint(this.cfnApi.attrApiEndpoint);
  }

  private grants(method: string) {
    const { owner, routing, stageResources: stages, httpApiId } = this;
    return { owner: owner.part(method), routes: routing.routes, stages, arn: apiArn(this, httpApiId) };
  }

  private add(key: string, options: HttpRouteOptions): void {
    this.routing.table.add(key, options);
    this.changed();
  }

  private errors(): string[] {
    const { owner, stages, body } = this;
    const { routes, binder, preflights } = this.routing;
    preflights.finish(routes);
    return checkGateway({ owner, stages, routes, binder, body });
  }

  private finish(): string[] {
    const errors = [...this.routing.late.finish(), ...this.operations()];
    acknowledgeApi(this.cfnApi, this.routing.routes);
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
