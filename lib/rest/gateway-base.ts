import { type CfnStage, RestApi, Stage, type IRestApi, type IStage } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiSource, routeHandle, type RouteSource, stageHandle } from '../gateway/handles';
import { type RestGrantOptions } from './grants';
import { RestRouteHandle, type RestSources, RestStageHandle } from './handles';
import { type IRestGateway, type IRestRoute, type IRestStage } from './interfaces';
import { RestMetricsBase } from './metrics';

/**
 * What gateways of this app and imported ones have in common.
 * @internal
 */
export abstract class RestGatewayBase extends RestMetricsBase implements IRestGateway {
  /**
   * Id of the API.
   */
  public abstract readonly apiId: string;

  public abstract readonly url: string;

  /** @internal */
  protected abstract readonly _rootResourceId: string | undefined;
  private imported?: IRestApi;
  private sources?: RestSources;

  public abstract bindToDomain(stage?: string): ApiMappingTarget;
  public abstract grantExecute(grantee: IGrantable, options?: RestGrantOptions): Grant;
  public abstract grantInvalidateCache(grantee: IGrantable, options?: RestGrantOptions): Grant;

  /**
   * What is known about the API.
   * @internal
   */
  protected abstract readonly _source: ApiSource<CfnStage>;

  /**
   * The data behind the handle of a route.
   * @throws if it does not exist
   * @internal
   */
  protected abstract _routeOf(key: string): RouteSource;

  /**
   * The API as the CDK's own type, for other constructs. It is imported: methods added to it are not deployed; use `addRoute`.
   */
  public get api(): IRestApi {
    const { apiId: restApiId, _rootResourceId: rootResourceId } = this;
    return (this.imported ??= rootResourceId
      ? RestApi.fromRestApiAttributes(this, 'Import', { restApiId, rootResourceId })
      : RestApi.fromRestApiId(this, 'Import', restApiId));
  }

  /**
   * A stage: its URL, metrics, log group and resource, and the CDK's own type (`stage`).
   *
   * @param name key of the `stages` map
   * @throws if it does not exist
   *
   * @example
   * rest.stage('prod').metricServerError().createAlarm(this, 'OrdersErrors', { threshold: 1, evaluationPeriods: 1 });
   */
  public stage(name: string): IRestStage {
    const sources = this._sources;
    const source = sources.stageOf(name);
    return stageHandle(this, name, (scope, id) => new RestStageHandle(scope, id, sources, source));
  }

  /**
   * A route: its ARN and metrics. Metrics of a route are recorded per stage: `stage('prod').route(key)`.
   *
   * @param key key of an existing route, e.g. `GET /orders/{id}`
   * @throws if it does not exist
   *
   * @example
   * rest.route('GET /').onStage('prod').metricLatency({ statistic: 'p99' });
   */
  public route(key: string): IRestRoute {
    const sources = this._sources;
    const source = sources.routeOf(key);
    return routeHandle(this, source.key, (scope, id) => new RestRouteHandle(scope, id, sources, source));
  }

  /**
   * URL of a stage, with a trailing slash: on its domain, or on the default endpoint if it has none.
   *
   * @param name key of the `stages` map
   */
  public urlForStage(name: string): string {
    return this._sources.stageOf(name).url;
  }

  /**
   * The log group of a stage's access log. The same as `stage(name).accessLogGroup`.
   *
   * @param name key of the `stages` map
   */
  public accessLogGroup(name: string): ILogGroup {
    return this._sources.stageOf(name).accessLogGroup;
  }

  /**
   * The resource of a stage, for property overrides. The same as `stage(name).cfnStage`.
   *
   * @param name key of the `stages` map
   */
  public cfnStage(name: string): CfnStage {
    return this._sources.stageOf(name).cfnStage;
  }

  /**
   * The data behind the handles of stages and routes.
   * @internal
   */
  protected get _sources(): RestSources {
    return (this.sources ??= {
      gateway: this,
      api: this._source,
      stageOf: (key) => this._source.stageSource(key, (one, name) => this._stageImport(one, name)),
      routeOf: (key) => this._routeOf(key),
    });
  }

  /**
   * The stage as the CDK imports it, created once.
   * @internal
   */
  private _stageImport(key: string, stageName: string): IStage {
    const id = `Import-${key}`;
    const known = this.node.tryFindChild(id) as IStage | undefined;
    return known ?? Stage.fromStageAttributes(this, id, { stageName, restApi: this.api });
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return this._source.dimensions;
  }
}
