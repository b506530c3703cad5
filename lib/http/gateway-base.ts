import {
  type CfnStage,
  HttpApi,
  HttpStage,
  type IHttpApi,
  type IHttpStage as CdkHttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiSource, routeHandle, type RouteSource, stageHandle } from '../gateway/handles';
import { type HttpGrantOptions } from './grants';
import { HttpRouteHandle, type HttpSources, HttpStageHandle } from './handles';
import { type IHttpGateway, type IHttpRoute, type IHttpStage } from './interfaces';
import { HttpMetricsBase } from './metrics';

/**
 * What gateways of this app and imported ones have in common.
 * @internal
 */
export abstract class HttpGatewayBase extends HttpMetricsBase implements IHttpGateway {
  /**
   * Id of the API.
   */
  public abstract readonly apiId: string;

  public abstract readonly url: string;

  /** @internal */
  protected abstract readonly _apiEndpoint: string | undefined;
  private imported?: IHttpApi;
  private sources?: HttpSources;

  public abstract bindToDomain(stage?: string): ApiMappingTarget;
  public abstract grantExecute(grantee: IGrantable, options?: HttpGrantOptions): Grant;

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
   * The API as the CDK's own type, for other constructs. It is imported: routes added to it conflict with the document; use
   * `addRoute`.
   */
  public get api(): IHttpApi {
    const { apiId: httpApiId, _apiEndpoint: apiEndpoint } = this;
    return (this.imported ??= HttpApi.fromHttpApiAttributes(this, 'Import', { httpApiId, apiEndpoint }));
  }

  /**
   * A stage: its URL, metrics, log group and resource, and the CDK's own type (`stage`).
   *
   * @param name key of the `stages` map
   * @throws if it does not exist
   *
   * @example
   * http.stage('$default').metricServerError().createAlarm(this, 'OrdersErrors', { threshold: 1, evaluationPeriods: 1 });
   */
  public stage(name: string): IHttpStage {
    const sources = this._sources;
    const source = sources.stageOf(name);
    return stageHandle(this, name, (scope, id) => new HttpStageHandle(scope, id, sources, source));
  }

  /**
   * A route: its ARN and metrics. Metrics of a route are recorded per stage: `stage('prod').route(key)`.
   *
   * @param key key of an existing route, e.g. `GET /orders/{id}`
   * @throws if it does not exist
   *
   * @example
   * http.route('GET /').onStage('$default').metricLatency({ statistic: 'p99' });
   */
  public route(key: string): IHttpRoute {
    const sources = this._sources;
    const source = sources.routeOf(key);
    return routeHandle(this, source.key, (scope, id) => new HttpRouteHandle(scope, id, sources, source));
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
  protected get _sources(): HttpSources {
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
  private _stageImport(key: string, stageName: string): CdkHttpStage {
    const id = `Import-${key}`;
    const known = this.node.tryFindChild(id) as CdkHttpStage | undefined;
    return known ?? HttpStage.fromHttpStageAttributes(this, id, { stageName, api: this.api });
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return this._source.dimensions;
  }
}
