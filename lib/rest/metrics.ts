import { type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayMetrics, type MetricsPlace } from '../operate/gateway-metrics';
import { apiDimensions } from '../operate/monitored-api';
import { type Owner } from '../authoring/errors';
import { findRoute } from '../gateway/routes';
import { type RestRouteDefinition } from './route';
import { type RestStageResources } from './stage-resources';

/** What the metrics are of. */
export interface RestMetricsSource {
  readonly api: CfnRestApi;
  readonly name: string;
  readonly owner: Owner;
  readonly routes: readonly RestRouteDefinition[];
  readonly stages: Readonly<Record<string, RestStageResources>>;
}

/**
 * Metrics of an API, of one of its stages, or of one route on a stage. CloudWatch knows an API by its name: two APIs of
 * one name in an account and Region are counted together.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export class RestMetrics extends GatewayMetrics {
  /** @internal */
  public static _of(source: RestMetricsSource): RestMetrics {
    return new RestMetrics(source, { dimensions: apiDimensions('rest', source.api.ref, source.name) });
  }

  private constructor(
    private readonly source: RestMetricsSource,
    place: MetricsPlace,
  ) {
    super(source, place);
  }

  /**
   * The metrics of one stage.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): RestMetrics {
    return new RestMetrics(this.source, this._stage(name));
  }

  /**
   * The metrics of one route on the stage. They are there while the stage has `detailedMetrics`.
   *
   * @param key key of a route that is there already, e.g. `GET /orders/{id}`
   * @throws where no stage was named, or the stage has no detailed metrics
   */
  public route(key: string): RestMetrics {
    const { route } = findRoute(key, this.source.routes, this.source.owner.part('metrics'));
    return new RestMetrics(this.source, this._route(key, route.method, route.path));
  }

  /**
   * Responses with a 4XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('4XXError', { statistic: 'Sum', ...props });
  }

  /**
   * Responses with a 5XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricServerError(props?: MetricOptions): Metric {
    return this.metric('5XXError', { statistic: 'Sum', ...props });
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
   * Requests answered from the cache.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricCacheHitCount(props?: MetricOptions): Metric {
    return this.metric('CacheHitCount', { statistic: 'Sum', ...props });
  }

  /**
   * Requests answered by the back-end while there is a cache.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricCacheMissCount(props?: MetricOptions): Metric {
    return this.metric('CacheMissCount', { statistic: 'Sum', ...props });
  }
}
