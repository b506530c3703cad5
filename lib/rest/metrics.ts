import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayEscapeHatches } from '../gateway/escape-hatches';
import { type GatewayMetricMethods } from '../operate/gateway-metrics';

/**
 * The metrics of a REST API, of one of its stages, or of one route on a stage. CloudWatch knows an API by its name: two APIs of
 * one name in an account and Region are counted together.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export interface IRestMetrics extends GatewayMetricMethods {
  /**
   * Responses with a 4XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  metricClientError(props?: MetricOptions): Metric;

  /**
   * Responses with a 5XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  metricServerError(props?: MetricOptions): Metric;

  /**
   * Requests.
   *
   * @param props statistic (sample count by default), period and the like
   */
  metricCount(props?: MetricOptions): Metric;

  /**
   * Milliseconds from the request of the client to its answer.
   *
   * @param props statistic (average by default), period and the like
   */
  metricLatency(props?: MetricOptions): Metric;

  /**
   * Requests answered from the cache.
   *
   * @param props statistic (sum by default), period and the like
   */
  metricCacheHitCount(props?: MetricOptions): Metric;

  /**
   * Requests answered by the back-end while there is a cache.
   *
   * @param props statistic (sum by default), period and the like
   */
  metricCacheMissCount(props?: MetricOptions): Metric;
}

/**
 * What a REST gateway, its stages and their routes are measured by.
 * @internal
 */
export abstract class RestMetricsBase extends GatewayEscapeHatches implements IRestMetrics {
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
