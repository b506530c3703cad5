import { Validations } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type Construct } from 'constructs';
import { type AccessLog } from '../operate/access-log';
import { type LogCondition, logMetric, missingVariables } from '../operate/log-metrics';
import { type MetricRef } from '../operate/monitored-api';
import { type Owner } from '../authoring/errors';
import { ALARM_FINDINGS } from './acknowledgements';
import { CANARY_LOG_SUFFIX } from '../facts/names';

/** Share of 5XX responses, in percent, from which a canary is bad. */
export const SERVER_ERROR_PERCENT = 5;

export interface CanaryLogContext {
  /** Distinguishes the gateway from others of the stack. */
  readonly path: string;
  readonly stageKey: string;
  /** The access log of the canary's requests. */
  readonly accessLog: AccessLog;
  readonly owner: Owner;
  /** Whether there are other alarms. */
  readonly hasAlarms: boolean;
}

/**
 * The alarm on the server errors of the canary, counted in its access log: the dimensions of the service's own metrics for
 * requests to a canary are not documented. Undefined if there are other alarms and the log cannot be counted.
 * @throws if the log cannot be counted, and no other alarm would detect a bad release
 */
export function canaryAlarm(scope: Construct, context: CanaryLogContext): CfnAlarm | undefined {
  const { path, stageKey, accessLog, owner, hasAlarms } = context;
  const stage = { key: `${stageKey}${CANARY_LOG_SUFFIX}`, accessLog };
  const isCounted = accessLog.group !== undefined && missingVariables(stage, ['status']).length === 0;
  if (!isCounted) {
    if (hasAlarms) return undefined;
    throw owner.error(
      'the server errors of the canary are counted in the access log, which must go to a log group and contain $context.status in a JSON field; ' +
        'change accessLog, or add your own alarms: canary: { alarms: [alarm] }',
    );
  }
  const count = (id: string, name: string, condition: Omit<LogCondition, 'variable'>): MetricRef =>
    logMetric(scope, id, { path }, stage, { name, conditions: [{ variable: 'status', ...condition }] });
  const metrics = {
    errors: count('ServerErrorsFilter', 'ServerErrors', { values: ['5*'] }),
    requests: count('RequestsFilter', 'Requests', { values: ['-'], not: true }),
  };
  const alarm = new CfnAlarm(scope, 'ServerErrors', {
    alarmDescription: `${path}, canary of stage ${stageKey}: server errors (from ${SERVER_ERROR_PERCENT} % of its requests)`,
    metrics: [
      { id: 'rate', expression: '100 * FILL(errors, 0) / requests', label: 'Server errors of the canary' },
      ...Object.entries(metrics).map(([id, { namespace, metricName }]) => ({
        id,
        metricStat: { metric: { namespace, metricName }, period: 60, stat: 'Sum' },
        returnData: false,
      })),
    ],
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: SERVER_ERROR_PERCENT,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'notBreaching',
  });
  Validations.of(alarm).acknowledge(...ALARM_FINDINGS);
  return alarm;
}
