import { type GatewayKind } from '../facts/kinds';
import { AlarmSeverity } from './alarm-options';
import { type LogMetricOptions } from './log-metrics';

/** The metric of an alarm. */
export type AlarmSource =
  /** One metric of API Gateway. */
  | { readonly type: 'metric'; readonly metricName: string; readonly statistic: string; readonly scale: number }
  /** Errors in percent of the requests; the metric's average is documented to be that for REST APIs only. */
  | { readonly type: 'rate'; readonly metricName: string }
  /** Lines of the access log. */
  | { readonly type: 'log'; readonly log: LogMetricOptions };

/** One kind of alarm, with its defaults. */
export interface AlarmSpec {
  /** Id of the construct. */
  readonly id: string;
  /** Name of the option. */
  readonly option: string;
  readonly title: string;
  readonly unit: string;
  readonly severity: AlarmSeverity;
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly source: AlarmSource;
}

/** Three bad minutes of five. */
const MINUTES = { periodSeconds: 60, evaluationPeriods: 5, datapointsToAlarm: 3 };
/** Five minutes together. */
const COUNTED = { periodSeconds: 300, evaluationPeriods: 1, datapointsToAlarm: 1 };

const { CRITICAL, WARNING } = AlarmSeverity;

const percentile = (metricName: string): AlarmSource => ({ type: 'metric', metricName, statistic: 'p99', scale: 1 });
const sum = (metricName: string): AlarmSource => ({ type: 'metric', metricName, statistic: 'Sum', scale: 1 });
const log = (name: string, variable: string, ...values: string[]): AlarmSource => ({
  type: 'log',
  log: { name, conditions: [{ variable, values }] },
});

const integrationLatency: AlarmSpec = {
  id: 'IntegrationLatency',
  option: 'integrationLatency',
  title: 'the back-end is slow',
  unit: 'ms',
  severity: WARNING,
  threshold: 2000,
  ...MINUTES,
  source: percentile('IntegrationLatency'),
};

const latency: AlarmSpec = {
  id: 'Latency',
  option: 'latency',
  title: 'answers are slow',
  unit: 'ms',
  severity: WARNING,
  threshold: 2500,
  ...MINUTES,
  source: percentile('Latency'),
};

const throttles = (source: AlarmSource): AlarmSpec => ({
  id: 'Throttles',
  option: 'throttles',
  title: 'requests are throttled',
  unit: 'requests',
  severity: WARNING,
  threshold: 10,
  ...COUNTED,
  source,
});

/** Responses that API Gateway generates: the back end was not called. */
const THROTTLED: AlarmSource = {
  type: 'log',
  log: {
    name: 'Throttles',
    conditions: [
      { variable: 'status', values: ['429'] },
      { variable: 'integration.integrationStatus', values: ['-'] },
    ],
  },
};

const rates = (server: AlarmSource, client: AlarmSource): AlarmSpec[] => [
  {
    id: 'ServerErrors',
    option: 'serverErrors',
    title: 'requests fail with 5XX',
    unit: '%',
    severity: CRITICAL,
    threshold: 5,
    ...MINUTES,
    source: server,
  },
  {
    id: 'ClientErrors',
    option: 'clientErrors',
    title: 'requests are refused with 4XX',
    unit: '%',
    severity: WARNING,
    threshold: 20,
    ...MINUTES,
    source: client,
  },
];

/** The average of the REST metrics is the rate, from 0 to 1. */
const average = (metricName: string): AlarmSource => ({
  type: 'metric',
  metricName,
  statistic: 'Average',
  scale: 0.01,
});

const counted = (
  id: string,
  option: string,
  title: string,
  severity: AlarmSeverity,
  metricName: string,
  n: number,
) => ({
  id,
  option,
  title,
  unit: 'requests',
  severity,
  threshold: n,
  ...COUNTED,
  source: sum(metricName),
});

/** The alarms of each stage, by kind of API. */
export const ALARM_SPECS: Readonly<Record<GatewayKind, readonly AlarmSpec[]>> = {
  rest: [
    ...rates(average('5XXError'), average('4XXError')),
    latency,
    integrationLatency,
    throttles(log('Throttles', 'error.responseType', 'THROTTLED')),
  ],
  http: [
    ...rates({ type: 'rate', metricName: '5xx' }, { type: 'rate', metricName: '4xx' }),
    latency,
    integrationLatency,
    throttles(THROTTLED),
  ],
  websocket: [
    {
      id: 'ConnectErrors',
      option: 'connectErrors',
      title: 'connections are refused or fail',
      unit: 'connections',
      severity: WARNING,
      threshold: 10,
      ...COUNTED,
      source: {
        type: 'log',
        log: {
          name: 'ConnectErrors',
          conditions: [
            { variable: 'eventType', values: ['CONNECT'] },
            { variable: 'status', values: ['4*', '5*'] },
          ],
        },
      },
    },
    counted(
      'IntegrationErrors',
      'integrationErrors',
      'the back-end answers with errors',
      CRITICAL,
      'IntegrationError',
      5,
    ),
    counted('ExecutionErrors', 'executionErrors', 'the back-end is not reached', CRITICAL, 'ExecutionError', 5),
    counted('ClientErrors', 'clientErrors', 'requests are refused', WARNING, 'ClientError', 50),
    integrationLatency,
    throttles(THROTTLED),
  ],
};

/** Only if a usage plan has a quota. */
export const QUOTA_EXCEEDED: AlarmSpec = {
  id: 'QuotaExceeded',
  option: 'quotaExceeded',
  title: 'callers have used up their quota',
  unit: 'requests',
  severity: WARNING,
  threshold: 1,
  ...COUNTED,
  source: log('QuotaExceeded', 'error.responseType', 'QUOTA_EXCEEDED'),
};

/** The alarms that a route can have. */
export const ROUTE_ALARMS: readonly string[] = ['serverErrors', 'clientErrors', 'latency', 'integrationLatency'];

/** Id of an alarm by the name of its option, of whichever kind. */
export function alarmIdOf(option: string): string | undefined {
  return [...Object.values(ALARM_SPECS).flat(), QUOTA_EXCEEDED].find((spec) => spec.option === option)?.id;
}
