import { type Duration } from 'aws-cdk-lib';
import { type ITopic } from 'aws-cdk-lib/aws-sns';

/** The importance of an alarm, which determines its topic. */
export enum AlarmSeverity {
  /** Callers get errors now. */
  CRITICAL = 'CRITICAL',
  /** Something needs attention. */
  WARNING = 'WARNING',
}

/**
 * The condition of an alarm.
 *
 * @example
 * const latency: AlarmOptions = { threshold: 2000, period: Duration.minutes(5), evaluationPeriods: 3 };
 */
export interface AlarmOptions {
  /**
   * Whether the alarm exists.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The value from which a period is bad: percent of the requests for rates, milliseconds for latencies, otherwise a
   * number of requests.
   *
   * @default - described at the alarm
   */
  readonly threshold?: number;

  /**
   * The length of a period: a multiple of one minute.
   *
   * @default - one minute for rates and latencies, five for counts
   */
  readonly period?: Duration;

  /**
   * The number of latest periods that are evaluated.
   *
   * @default - five for rates and latencies, one for counts
   */
  readonly evaluationPeriods?: number;

  /**
   * The number of these that must be bad.
   *
   * @default - three of five, or all if `evaluationPeriods` is set
   */
  readonly datapointsToAlarm?: number;

  /**
   * The severity, which determines the topic that is notified.
   *
   * @default - CRITICAL if callers get errors of the API itself, otherwise WARNING
   */
  readonly severity?: AlarmSeverity;
}

/** The alarms of an API of any kind. Without requests they are OK: missing data is not breaching. */
export interface ApiAlarmsOptions {
  /**
   * The topic of the alarms. A topic with its own policy must allow `cloudwatch.amazonaws.com` to publish, and the key of an
   * encrypted one must allow it to encrypt.
   */
  readonly topic: ITopic;

  /**
   * The topic of the alarms with severity WARNING.
   *
   * @default - `topic`
   */
  readonly warningTopic?: ITopic;

  /**
   * Keys of the monitored stages.
   *
   * @default - all
   */
  readonly stages?: string[];

  /**
   * Whether a topic is also notified when an alarm returns to OK.
   *
   * @default true
   */
  readonly notifyRecovery?: boolean;

  /**
   * One composite alarm of the API instead of its critical alarms: an outage is then one message, however many of them go
   * off.
   *
   * @default false
   */
  readonly composite?: boolean;

  /**
   * Latency of the back end in milliseconds, 99th percentile.
   *
   * @default - from 2000 ms
   */
  readonly integrationLatency?: AlarmOptions;

  /**
   * Requests rejected by a throttle, counted in the access log, which must go to a log group.
   *
   * @default - from 10 in five minutes
   */
  readonly throttles?: AlarmOptions;
}

/**
 * The alarms of one route. Only the listed ones are created; they require `detailedMetrics` of the stage.
 *
 * @example
 * const route: RouteAlarmsOptions = { latency: { threshold: 500 } };
 */
export interface RouteAlarmsOptions {
  /**
   * Share of 5XX responses, in percent.
   *
   * @default - none
   */
  readonly serverErrors?: AlarmOptions;

  /**
   * Share of 4XX responses, in percent.
   *
   * @default - none
   */
  readonly clientErrors?: AlarmOptions;

  /**
   * Latency from the client's request to the response in milliseconds, 99th percentile.
   *
   * @default - none
   */
  readonly latency?: AlarmOptions;

  /**
   * Latency of the back end in milliseconds, 99th percentile.
   *
   * @default - none
   */
  readonly integrationLatency?: AlarmOptions;
}

/**
 * The alarms of an HTTP API.
 *
 * @example
 * const alarms: HttpAlarmsOptions = { topic, composite: true, latency: { threshold: 2000 } };
 */
export interface HttpAlarmsOptions extends ApiAlarmsOptions {
  /**
   * Share of 5XX responses, in percent.
   *
   * @default - from 5 %, critical
   */
  readonly serverErrors?: AlarmOptions;

  /**
   * Share of 4XX responses, in percent.
   *
   * @default - from 20 %
   */
  readonly clientErrors?: AlarmOptions;

  /**
   * Latency from the client's request to the response in milliseconds, 99th percentile.
   *
   * @default - from 2500 ms
   */
  readonly latency?: AlarmOptions;

  /**
   * Alarms of single routes: route key → alarms.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: RouteAlarmsOptions };
}

/**
 * The alarms of a REST API.
 *
 * @example
 * const alarms: RestAlarmsOptions = {
 *   topic,
 *   composite: true,
 *   latency: { threshold: 2000 },
 *   routes: { 'POST /orders': { latency: { threshold: 500 } } },
 * };
 */
export interface RestAlarmsOptions extends HttpAlarmsOptions {
  /**
   * Requests rejected because a quota is used up, counted in the access log. Only if a usage plan has a quota.
   *
   * @default - from 1 in five minutes
   */
  readonly quotaExceeded?: AlarmOptions;

  /**
   * Warns before a quota is used up: usage plan → percent of its quota. Requests are counted in the access log, one custom
   * metric for each API key. CloudWatch looks back a day or a week from now, but the quota restarts at a fixed hour, so
   * this may warn early. A monthly quota is not supported: an alarm covers seven days at most.
   * If 1000 API keys or more call a stage within an hour, of any plan, CloudWatch Logs may disable that count,
   * and these alarms stay OK: `aws apigateway get-usage` then shows how much of a quota is used.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
   * @default - none
   */
  readonly quotaUsage?: { [usagePlan: string]: number };
}

/**
 * The alarms of a WebSocket API.
 *
 * @example
 * const alarms: WebSocketAlarmsOptions = { topic, connectErrors: { threshold: 10 } };
 */
export interface WebSocketAlarmsOptions extends ApiAlarmsOptions {
  /**
   * Connections that were rejected or failed, counted in the access log, which must go to a log group.
   *
   * @default - from 10 in five minutes
   */
  readonly connectErrors?: AlarmOptions;

  /**
   * Requests for which the back end returned an error.
   *
   * @default - from 5 in five minutes, critical
   */
  readonly integrationErrors?: AlarmOptions;

  /**
   * Requests for which API Gateway could not reach the back end.
   *
   * @default - from 5 in five minutes, critical
   */
  readonly executionErrors?: AlarmOptions;

  /**
   * Requests that were rejected before the back end was called.
   *
   * @default - from 50 in five minutes
   */
  readonly clientErrors?: AlarmOptions;

  /**
   * Warns before a quota is used up: usage plan → percent of its quota. Connections are counted in the access log, one custom
   * metric for each API key. CloudWatch looks back a day or a week from now, but the quota restarts at a fixed hour, so
   * this may warn early. A monthly quota is not supported: an alarm covers seven days at most. Connections that are rejected
   * because it is used up are among `throttles`.
   * If 1000 API keys or more call a stage within an hour, of any plan, CloudWatch Logs may disable that count,
   * and these alarms stay OK: `aws apigateway get-usage` then shows how much of a quota is used.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
   * @default - none
   */
  readonly quotaUsage?: { [usagePlan: string]: number };
}
