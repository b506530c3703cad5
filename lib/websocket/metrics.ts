import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayMetrics, type MetricsPlace } from '../operate/gateway-metrics';
import { type Owner } from '../authoring/errors';
import { findRoute } from '../gateway/routes';
import { type WebSocketRouteDefinition } from './route';
import { type WebSocketStageResources } from './stage-resources';

/** What the metrics are of. */
export interface WebSocketMetricsSource {
  readonly api: CfnApi;
  readonly owner: Owner;
  readonly routes: readonly WebSocketRouteDefinition[];
  readonly stages: Readonly<Record<string, WebSocketStageResources>>;
}

/**
 * Metrics of an API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export class WebSocketMetrics extends GatewayMetrics {
  /** @internal */
  public static _of(source: WebSocketMetricsSource): WebSocketMetrics {
    return new WebSocketMetrics(source, { dimensions: { ApiId: source.api.ref } });
  }

  private constructor(
    private readonly source: WebSocketMetricsSource,
    place: MetricsPlace,
  ) {
    super(source, place);
  }

  /**
   * The metrics of one stage.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): WebSocketMetrics {
    return new WebSocketMetrics(this.source, this._stage(name));
  }

  /**
   * The metrics of one route on the stage. They are there while the stage has `detailedMetrics`. Their dimensions `Method` and
   * `Resource` are documented; what they hold for a route is not, and both have the route key here. Look into CloudWatch before
   * an alarm relies on it, and give `dimensionsMap` to `metric` where they differ.
   *
   * @param key key of a route that is there already, e.g. `sendMessage`
   * @throws where no stage was named, or the stage has no detailed metrics
   */
  public route(key: string): WebSocketMetrics {
    const { route } = findRoute(key, this.source.routes, this.source.owner.part('metrics'));
    return new WebSocketMetrics(this.source, this._route(key, route.key, route.key));
  }

  /**
   * Clients that have connected.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricConnectCount(props?: MetricOptions): Metric {
    return this.metric('ConnectCount', { statistic: 'Sum', ...props });
  }

  /**
   * Messages, from clients and to them.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricMessageCount(props?: MetricOptions): Metric {
    return this.metric('MessageCount', { statistic: 'Sum', ...props });
  }

  /**
   * Requests that API Gateway has answered with a 4XX before any back-end was asked.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('ClientError', { statistic: 'Sum', ...props });
  }

  /**
   * Back-ends that could not be called.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricExecutionError(props?: MetricOptions): Metric {
    return this.metric('ExecutionError', { statistic: 'Sum', ...props });
  }

  /**
   * Answers of back-ends with a 4XX or 5XX status.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricIntegrationError(props?: MetricOptions): Metric {
    return this.metric('IntegrationError', { statistic: 'Sum', ...props });
  }
}
