import { type Duration } from 'aws-cdk-lib';
import { type ITopic } from 'aws-cdk-lib/aws-sns';

/** How much an alarm matters, and so whom it reaches. */
export enum AlarmSeverity {
  /** Callers are failing now. */
  CRITICAL = 'CRITICAL',
  /** Something is not as it should be. */
  WARNING = 'WARNING',
}

/**
 * When an alarm goes off.
 *
 * @example
 * const latency: AlarmOptions = { threshold: 2000, period: Duration.minutes(5), evaluationPeriods: 3 };
 */
export interface AlarmOptions {
  /**
   * Whether there is such an alarm.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The value from which on a period counts as bad: percent of the requests for rates, milliseconds for latencies, else a
   * number of requests.
   *
   * @default - as said where the alarm is
   */
  readonly threshold?: number;

  /**
   * Over which time a value is taken: a multiple of one minute.
   *
   * @default - one minute for rates and latencies, five for counts
   */
  readonly period?: Duration;

  /**
   * How many of the latest periods are looked at.
   *
   * @default - five for rates and latencies, one for counts
   */
  readonly evaluationPeriods?: number;

  /**
   * How many of those must be bad.
   *
   * @default - three of five, or all where `evaluationPeriods` is given
   */
  readonly datapointsToAlarm?: number;

  /**
   * Which topic is told.
   *
   * @default - CRITICAL where callers get errors of the API itself, else WARNING
   */
  readonly severity?: AlarmSeverity;
}

/** The alarms of an API of any kind. Without requests they are OK: missing data is not bad data. */
export interface ApiAlarmsOptions {
  /**
   * Where alarms go. A topic with a policy of its own must let `cloudwatch.amazonaws.com` publish, and so must the key of an
   * encrypted one let it encrypt.
   */
  readonly topic: ITopic;

  /**
   * Where those of the severity WARNING go.
   *
   * @default - `topic`
   */
  readonly warningTopic?: ITopic;

  /**
   * Keys of the stages that are watched.
   *
   * @default - all
   */
  readonly stages?: string[];

  /**
   * Whether a topic is also told when an alarm is over.
   *
   * @default true
   */
  readonly notifyRecovery?: boolean;

  /**
   * One composite alarm of the API in place of its critical alarms: an outage is then one message, however many of them go
   * off.
   *
   * @default false
   */
  readonly composite?: boolean;

  /**
   * Milliseconds that the back-end takes, 99 of 100 requests.
   *
   * @default - from 2000 ms
   */
  readonly integrationLatency?: AlarmOptions;

  /**
   * Requests refused by a throttle, counted in the access log, which must go to a log group.
   *
   * @default - from 10 in five minutes
   */
  readonly throttles?: AlarmOptions;
}

/**
 * The alarms of one route. Those that are named are made; they need `detailedMetrics` of the stage.
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
   * Milliseconds from the request of the client to its answer, 99 of 100 requests.
   *
   * @default - none
   */
  readonly latency?: AlarmOptions;

  /**
   * Milliseconds that the back-end takes of it, 99 of 100 requests.
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
   * Milliseconds from the request of the client to its answer, 99 of 100 requests.
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
   * Requests refused because a quota is used up, counted in the access log. Only where a usage plan has a quota.
   *
   * @default - from 1 in five minutes
   */
  readonly quotaExceeded?: AlarmOptions;

  /**
   * Warns before a quota is used up: usage plan → percent of its quota. Requests are counted in the access log, one custom
   * metric for each API key. CloudWatch looks back a day or a week from now, where the quota begins anew at a fixed hour, so
   * this may warn early. A monthly quota is out of its reach: an alarm covers seven days at most.
   * Where 1000 API keys or more call a stage within an hour, of whichever plan, CloudWatch Logs may switch that count off,
   * and these alarms stay OK: `aws apigateway get-usage` then tells how much of a quota is used.
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
   * Connections that were refused or failed, counted in the access log, which must go to a log group.
   *
   * @default - from 10 in five minutes
   */
  readonly connectErrors?: AlarmOptions;

  /**
   * Requests to which the back-end answered with an error.
   *
   * @default - from 5 in five minutes, critical
   */
  readonly integrationErrors?: AlarmOptions;

  /**
   * Requests with which API Gateway could not reach the back-end.
   *
   * @default - from 5 in five minutes, critical
   */
  readonly executionErrors?: AlarmOptions;

  /**
   * Requests that were refused before the back-end was asked.
   *
   * @default - from 50 in five minutes
   */
  readonly clientErrors?: AlarmOptions;

  /**
   * Warns before a quota is used up: usage plan → percent of its quota. Connections are counted in the access log, one custom
   * metric for each API key. CloudWatch looks back a day or a week from now, where the quota begins anew at a fixed hour, so
   * this may warn early. A monthly quota is out of its reach: an alarm covers seven days at most. Connections that are refused
   * since it is used up are among `throttles`.
   * Where 1000 API keys or more call a stage within an hour, of whichever plan, CloudWatch Logs may switch that count off,
   * and these alarms stay OK: `aws apigateway get-usage` then tells how much of a quota is used.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
   * @default - none
   */
  readonly quotaUsage?: { [usagePlan: string]: number };
}
