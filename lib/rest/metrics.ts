import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayEscapeHatches } from '../gateway/escape-hatches';
import { type GatewayMetricMethods } from '../operate/gateway-metrics';

/**
 * The metrics of a REST API, of one of its stages, or of one route on a stage. CloudWatch identifies an API by its name: two APIs
 * with the same name in an account and Region are counted together.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export interface IRestMetrics extends GatewayMetricMethods {
  /**
   * Responses with a 4XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricClientError(props?: MetricOptions): Metric;

  /**
   * Responses with a 5XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricServerError(props?: MetricOptions): Metric;

  /**
   * Requests.
   *
   * @param props statistic (sample count by default), period and other options
   */
  metricCount(props?: MetricOptions): Metric;

  /**
   * Milliseconds from the client's request to the response.
   *
   * @param props statistic (average by default), period and other options
   */
  metricLatency(props?: MetricOptions): Metric;

  /**
   * Requests served from the cache.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricCacheHitCount(props?: MetricOptions): Metric;

  /**
   * Requests served by the back end while a cache is on.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricCacheMissCount(props?: MetricOptions): Metric;
}

/**
 * Metrics of a REST gateway, its stages and their routes.
 * @internal
 */
export abstract class RestMetricsBase extends GatewayEscapeHatches implements IRestMetrics {
  /**
   * Responses with a 4XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('4XXError', { statistic: 'Sum', ...props });
  }

  /**
   * Responses with a 5XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricServerError(props?: MetricOptions): Metric {
    return this.metric('5XXError', { statistic: 'Sum', ...props });
  }

  /**
   * Requests.
   *
   * @param props statistic (sample count by default), period and other options
   */
  public metricCount(props?: MetricOptions): Metric {
    return this.metric('Count', { statistic: 'SampleCount', ...props });
  }

  /**
   * Milliseconds from the client's request to the response.
   *
   * @param props statistic (average by default), period and other options
   */
  public metricLatency(props?: MetricOptions): Metric {
    return this.metric('Latency', { statistic: 'Average', ...props });
  }

  /**
   * Requests served from the cache.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricCacheHitCount(props?: MetricOptions): Metric {
    return this.metric('CacheHitCount', { statistic: 'Sum', ...props });
  }

  /**
   * Requests served by the back end while a cache is on.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricCacheMissCount(props?: MetricOptions): Metric {
    return this.metric('CacheMissCount', { statistic: 'Sum', ...props });
  }
}
