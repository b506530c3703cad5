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
 * What gateways have that are made here and that are imported.
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
   * What is known of the API.
   * @internal
   */
  protected abstract readonly _source: ApiSource<CfnStage>;

  /**
   * What the handle of a route is made from.
   * @throws if it is not there
   * @internal
   */
  protected abstract _routeOf(key: string): RouteSource;

  /**
   * The API as other constructs of the CDK take it. It is an import: methods added to it are not deployed; use `addRoute`.
   */
  public get api(): IRestApi {
    const { apiId: restApiId, _rootResourceId: rootResourceId } = this;
    return (this.imported ??= rootResourceId
      ? RestApi.fromRestApiAttributes(this, 'Import', { restApiId, rootResourceId })
      : RestApi.fromRestApiId(this, 'Import', restApiId));
  }

  /**
   * A stage: its URL, metrics, log group and resource, and as other constructs of the CDK take it (`stage`).
   *
   * @param name key of the `stages` map
   * @throws where it is not there
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
   * A route: its ARN and metrics; those of a route are kept for each stage, `stage('prod').route(key)`.
   *
   * @param key key of a route that is there already, e.g. `GET /orders/{id}`
   * @throws where it is not there
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
   * URL of a stage, with a slash at the end: on its domain; where it has none, on the default endpoint.
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
   * What the handles of stages and routes are made from.
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
   * The stage as the CDK imports it, made once.
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
