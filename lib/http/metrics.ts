import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayEscapeHatches } from '../gateway/escape-hatches';
import { type GatewayMetricMethods } from '../operate/gateway-metrics';

/**
 * The metrics of an HTTP API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export interface IHttpMetrics extends GatewayMetricMethods {
  /**
   * Responses with a 4XX status.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricClientError(props?: MetricOptions): Metric;

  /**
   * Responses with a 5XX status.
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
   * Bytes processed, requests and responses together; more than 512 KB per request are billed as further requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricDataProcessed(props?: MetricOptions): Metric;
}

/**
 * Metrics of an HTTP gateway, its stages and their routes.
 * @internal
 */
export abstract class HttpMetricsBase extends GatewayEscapeHatches implements IHttpMetrics {
  /**
   * Responses with a 4XX status.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('4xx', { statistic: 'Sum', ...props });
  }

  /**
   * Responses with a 5XX status.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricServerError(props?: MetricOptions): Metric {
    return this.metric('5xx', { statistic: 'Sum', ...props });
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
   * Bytes processed, requests and responses together; more than 512 KB per request are billed as further requests.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricDataProcessed(props?: MetricOptions): Metric {
    return this.metric('DataProcessed', { statistic: 'Sum', ...props });
  }
}
