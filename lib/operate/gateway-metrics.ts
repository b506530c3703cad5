import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../facts/metrics';

/**
 * What the metrics of all kinds have in common: those of an API, of a stage, of a route on a stage. Each kind has one class
 * more with its own metrics, and its gateways, stages and routes, made here or imported, are of that class.
 * @internal
 */
export abstract class GatewayMetrics extends Construct {
  /**
   * A metric by its name in CloudWatch.
   *
   * @param metricName e.g. `Count`, or `MessageCount` of a WebSocket API
   * @param props statistic, period and the like
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensionsMap = { ...this._dimensions() };
    return new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, ...props }).attachTo(this);
  }

  /**
   * Latency of the back end in milliseconds.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricIntegrationLatency(props?: MetricOptions): Metric {
    return this.metric('IntegrationLatency', { statistic: 'Average', ...props });
  }

  /**
   * The dimensions in CloudWatch.
   *
   * @throws if it has no metrics
   * @internal
   */
  protected abstract _dimensions(): Readonly<Record<string, string>>;
}

/**
 * Metrics of all kinds of APIs.
 * @internal
 */
export interface GatewayMetricMethods {
  /**
   * A metric by its name in CloudWatch.
   *
   * @param metricName e.g. `Count`, or `MessageCount` of a WebSocket API
   * @param props statistic, period and the like
   */
  metric(metricName: string, props?: MetricOptions): Metric;

  /**
   * Milliseconds until the back end responds.
   *
   * @param props statistic (average by default), period and the like
   */
  metricIntegrationLatency(props?: MetricOptions): Metric;
}
