/** The metrics that API Gateway sends to CloudWatch, and the dimensions that each kind of API has. */

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export const METRIC_NAMESPACE = 'AWS/ApiGateway';

/** The metrics and dimensions of one kind of API in CloudWatch. */
export interface MetricTable {
  readonly link: string;
  /** Name → unit. */
  readonly metrics: Readonly<Record<string, 'Count' | 'Milliseconds' | 'Bytes'>>;
  /** The combinations that exist; a metric under any other stays empty. The last one requires detailed metrics of the stage. */
  readonly dimensions: readonly (readonly string[])[];
}

export const METRIC_TABLES: Readonly<Record<'rest' | 'http' | 'websocket', MetricTable>> = {
  rest: {
    link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html',
    metrics: {
      '4XXError': 'Count',
      '5XXError': 'Count',
      CacheHitCount: 'Count',
      CacheMissCount: 'Count',
      Count: 'Count',
      IntegrationLatency: 'Milliseconds',
      Latency: 'Milliseconds',
    },
    dimensions: [['ApiName'], ['ApiName', 'Stage'], ['ApiName', 'Method', 'Resource', 'Stage']],
  },
  http: {
    link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html',
    metrics: {
      '4xx': 'Count',
      '5xx': 'Count',
      Count: 'Count',
      DataProcessed: 'Bytes',
      IntegrationLatency: 'Milliseconds',
      Latency: 'Milliseconds',
    },
    dimensions: [['ApiId'], ['ApiId', 'Stage'], ['ApiId', 'Method', 'Resource', 'Stage']],
  },
  websocket: {
    link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html',
    metrics: {
      ClientError: 'Count',
      ConnectCount: 'Count',
      ExecutionError: 'Count',
      IntegrationError: 'Count',
      IntegrationLatency: 'Milliseconds',
      MessageCount: 'Count',
    },
    dimensions: [['ApiId'], ['ApiId', 'Stage'], ['ApiId', 'Method', 'Resource', 'Stage']],
  },
};

/**
 * Maximum seconds of all periods of an alarm together: a day, and a week if a period is an hour or longer.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const ALARM_RANGE_SECONDS = 86_400;
export const ALARM_LONG_RANGE_SECONDS = 604_800;
export const ALARM_LONG_PERIOD_SECONDS = 3600;

/**
 * Maximum alarms of one composite alarm, and maximum characters of its rule.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export const COMPOSITE_ALARM_CHILDREN = 100;
export const COMPOSITE_ALARM_RULE_CHARACTERS = 10_240;

/**
 * Metrics that an alarm on an expression may read.
 * @see https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const METRICS_PER_ALARM = 10;

/**
 * Maximum widgets of a dashboard, metrics in one of them, and in all of them. The page of the other partition still has these three;
 * that of the partition `aws` now lists only rates of calls.
 * @see https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 */
export const WIDGETS_PER_DASHBOARD = 500;
export const METRICS_PER_WIDGET = 500;
export const METRICS_PER_DASHBOARD = 2500;

/**
 * Maximum ARNs of alarms in one widget.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const ALARMS_PER_WIDGET = 100;

/**
 * Names of the metrics that CloudWatch counts in logs: printable ASCII without three characters.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 */
export const METRIC_NAME_FORBIDDEN = /[:*$]|[^\x20-\x7e]/gu;
export const METRIC_NAME_MAX_CHARACTERS = 255;

/**
 * Number of different values of its dimensions, within an hour, at which CloudWatch Logs may disable a metric filter.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export const METRIC_FILTER_VALUES = 1000;
