import {
  type CfnStage,
  WebSocketApi,
  WebSocketStage,
  type IWebSocketApi,
  type IWebSocketStage as CdkWebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ApiMappingTarget } from '../domain/api';
import { type ApiSource, routeHandle, type RouteSource, stageHandle } from '../gateway/handles';
import { type WebSocketGrantOptions, type WebSocketManageConnectionsOptions } from './grants';
import { WebSocketRouteHandle, type WebSocketSources, WebSocketStageHandle } from './handles';
import { type IWebSocketGateway, type IWebSocketRoute, type IWebSocketStage } from './interfaces';
import { WebSocketMetricsBase } from './metrics';

/**
 * What gateways of this app and imported ones have in common.
 * @internal
 */
export abstract class WebSocketGatewayBase extends WebSocketMetricsBase implements IWebSocketGateway {
  /**
   * Id of the API.
   */
  public abstract readonly apiId: string;

  public abstract readonly url: string;

  /** @internal */
  protected abstract readonly _apiEndpoint: string | undefined;
  private imported?: IWebSocketApi;
  private sources?: WebSocketSources;

  public abstract bindToDomain(stage?: string): ApiMappingTarget;
  public abstract grantExecute(grantee: IGrantable, options?: WebSocketGrantOptions): Grant;
  public abstract grantManageConnections(grantee: IGrantable, options?: WebSocketManageConnectionsOptions): Grant;
  public abstract callbackUrl(stage?: string): string;

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
   * The API as the CDK's own type, for other constructs. It is imported: routes added to it are not deployed; use `addRoute`.
   */
  public get api(): IWebSocketApi {
    const { apiId: webSocketId, _apiEndpoint: apiEndpoint } = this;
    return (this.imported ??= WebSocketApi.fromWebSocketApiAttributes(this, 'Import', { webSocketId, apiEndpoint }));
  }

  /**
   * A stage: its URL, metrics, log group and resource, and the CDK's own type (`stage`).
   *
   * @param name key of the `stages` map
   * @throws if it does not exist
   *
   * @example
   * chat.stage('prod').metricClientError().createAlarm(this, 'OrdersErrors', { threshold: 1, evaluationPeriods: 1 });
   */
  public stage(name: string): IWebSocketStage {
    const sources = this._sources;
    const source = sources.stageOf(name);
    return stageHandle(this, name, (scope, id) => new WebSocketStageHandle(scope, id, sources, source));
  }

  /**
   * A route: its ARN and metrics. Metrics of a route are recorded per stage: `stage('prod').route(key)`.
   *
   * @param key key of an existing route, e.g. `sendMessage`
   * @throws if it does not exist
   *
   * @example
   * chat.route('$default').onStage('prod').metricIntegrationLatency({ statistic: 'p99' });
   */
  public route(key: string): IWebSocketRoute {
    const sources = this._sources;
    const source = sources.routeOf(key);
    return routeHandle(this, source.key, (scope, id) => new WebSocketRouteHandle(scope, id, sources, source));
  }

  /**
   * URL of a stage, `wss://…`: where clients connect. On its domain, or on the default endpoint if it has none.
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
  protected get _sources(): WebSocketSources {
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
  private _stageImport(key: string, stageName: string): CdkWebSocketStage {
    const id = `Import-${key}`;
    const known = this.node.tryFindChild(id) as CdkWebSocketStage | undefined;
    return known ?? WebSocketStage.fromWebSocketStageAttributes(this, id, { stageName, api: this.api });
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return this._source.dimensions;
  }
}
