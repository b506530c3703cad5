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
   * @param props statistic (sum by default), period and the like
   */
  metricClientError(props?: MetricOptions): Metric;

  /**
   * Responses with a 5XX status.
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
   * Bytes that were processed, requests and responses together; what is billed beyond 512 KB a request.
   *
   * @param props statistic (sum by default), period and the like
   */
  metricDataProcessed(props?: MetricOptions): Metric;
}

/**
 * What an HTTP gateway, its stages and their routes are measured by.
 * @internal
 */
export abstract class HttpMetricsBase extends GatewayEscapeHatches implements IHttpMetrics {
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
