import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayMetrics, type MetricsPlace } from '../operate/gateway-metrics';
import { type Owner } from '../authoring/errors';
import { findRoute } from '../gateway/routes';
import { type HttpRouteDefinition } from './route';
import { type HttpStageResources } from './stage-resources';

/** What the metrics are of. */
export interface HttpMetricsSource {
  readonly api: CfnApi;
  readonly owner: Owner;
  readonly routes: readonly HttpRouteDefinition[];
  readonly stages: Readonly<Record<string, HttpStageResources>>;
}

/**
 * Metrics of an API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export class HttpMetrics extends GatewayMetrics {
  /** @internal */
  public static _of(source: HttpMetricsSource): HttpMetrics {
    return new HttpMetrics(source, { dimensions: { ApiId: source.api.ref } });
  }

  private constructor(
    private readonly source: HttpMetricsSource,
    place: MetricsPlace,
  ) {
    super(source, place);
  }

  /**
   * The metrics of one stage.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): HttpMetrics {
    return new HttpMetrics(this.source, this._stage(name));
  }

  /**
   * The metrics of one route on the stage. They are there while the stage has `detailedMetrics`. How CloudWatch calls
   * `$default` is not documented: look there before an alarm relies on it.
   *
   * @param key key of a route that is there already, e.g. `GET /orders/{id}`
   * @throws where no stage was named, or the stage has no detailed metrics
   */
  public route(key: string): HttpMetrics {
    const { route } = findRoute(key, this.source.routes, this.source.owner.part('metrics'));
    const [method, resource] = route.isDefault ? [route.key, route.key] : [route.method, route.path];
    return new HttpMetrics(this.source, this._route(key, method, resource));
  }

  /**
   * Responses with a 4XX status.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('4xx', { statistic: 'Sum', ...props });
  }

  /**
   * Responses with a 5XX status.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricServerError(props?: MetricOptions): Metric {
    return this.metric('5xx', { statistic: 'Sum', ...props });
  }

  /**
   * Requests.
   *
   * @param props statistic (sample count by default), period and the like
   */
  public metricCount(props?: MetricOptions): Metric {
    return this.metric('Count', { statistic: 'SampleCount', ...props });
  }

  /**
   * Milliseconds from the request of the client to its answer.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricLatency(props?: MetricOptions): Metric {
    return this.metric('Latency', { statistic: 'Average', ...props });
  }

  /**
   * Bytes that were processed, requests and responses together; what is billed beyond 512 KB a request.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricDataProcessed(props?: MetricOptions): Metric {
    return this.metric('DataProcessed', { statistic: 'Sum', ...props });
  }
}
