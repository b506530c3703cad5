import { type Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { GatewayEscapeHatches } from '../gateway/escape-hatches';
import { type GatewayMetricMethods } from '../operate/gateway-metrics';

/**
 * The metrics of a WebSocket API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export interface IWebSocketMetrics extends GatewayMetricMethods {
  /**
   * Clients that have connected.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricConnectCount(props?: MetricOptions): Metric;

  /**
   * Messages, from clients and to them.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricMessageCount(props?: MetricOptions): Metric;

  /**
   * Requests that API Gateway rejected with a 4XX before any back end was called.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricClientError(props?: MetricOptions): Metric;

  /**
   * Back ends that could not be called.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricExecutionError(props?: MetricOptions): Metric;

  /**
   * Responses of back ends with a 4XX or 5XX status.
   *
   * @param props statistic (sum by default), period and other options
   */
  metricIntegrationError(props?: MetricOptions): Metric;
}

/**
 * Metrics of a WebSocket gateway, its stages and their routes.
 * @internal
 */
export abstract class WebSocketMetricsBase extends GatewayEscapeHatches implements IWebSocketMetrics {
  /**
   * Clients that have connected.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricConnectCount(props?: MetricOptions): Metric {
    return this.metric('ConnectCount', { statistic: 'Sum', ...props });
  }

  /**
   * Messages, from clients and to them.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricMessageCount(props?: MetricOptions): Metric {
    return this.metric('MessageCount', { statistic: 'Sum', ...props });
  }

  /**
   * Requests that API Gateway rejected with a 4XX before any back end was called.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('ClientError', { statistic: 'Sum', ...props });
  }

  /**
   * Back ends that could not be called.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricExecutionError(props?: MetricOptions): Metric {
    return this.metric('ExecutionError', { statistic: 'Sum', ...props });
  }

  /**
   * Responses of back ends with a 4XX or 5XX status.
   *
   * @param props statistic (sum by default), period and other options
   */
  public metricIntegrationError(props?: MetricOptions): Metric {
    return this.metric('IntegrationError', { statistic: 'Sum', ...props });
  }
}
