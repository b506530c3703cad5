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
 * What gateways have that are made here and that are imported.
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
   * The API as other constructs of the CDK take it. It is an import: routes added to it cannot stand beside the document; use
   * `addRoute`.
   */
  public get api(): IHttpApi {
    const { apiId: httpApiId, _apiEndpoint: apiEndpoint } = this;
    return (this.imported ??= HttpApi.fromHttpApiAttributes(this, 'Import', { httpApiId, apiEndpoint }));
  }

  /**
   * A stage: its URL, metrics, log group and resource, and as other constructs of the CDK take it (`stage`).
   *
   * @param name key of the `stages` map
   * @throws where it is not there
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
   * A route: its ARN and metrics; those of a route are kept for each stage, `stage('prod').route(key)`.
   *
   * @param key key of a route that is there already, e.g. `GET /orders/{id}`
   * @throws where it is not there
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
  protected get _sources(): HttpSources {
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
