import { Token } from 'aws-cdk-lib';
import { ALARM_LONG_PERIOD_SECONDS, ALARM_LONG_RANGE_SECONDS, ALARM_RANGE_SECONDS } from '../facts/metrics';
import { type Owner } from '../authoring/errors';
import { type AlarmOptions, type AlarmSeverity } from './alarm-options';
import { type AlarmSpec } from './alarm-specs';

/** An alarm, checked, with all defaults. */
export interface AlarmSettings {
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly severity: AlarmSeverity;
}

/** @throws if CloudWatch would reject the alarm, or it could never go off */
export function defineAlarm(spec: AlarmSpec, options: AlarmOptions, owner: Owner): AlarmSettings {
  const threshold = options.threshold ?? spec.threshold;
  const periodSeconds = options.period?.toSeconds() ?? spec.periodSeconds;
  const evaluationPeriods = options.evaluationPeriods ?? spec.evaluationPeriods;
  const datapointsToAlarm = options.datapointsToAlarm ?? options.evaluationPeriods ?? spec.datapointsToAlarm;
  const isPercent = spec.unit === '%';
  if (!Token.isUnresolved(threshold) && !(threshold > 0 && (!isPercent || threshold <= 100))) {
    throw owner.error(
      `threshold must be more than 0${isPercent ? ' and at most 100 percent' : ` ${spec.unit}`}, got: ${threshold}; ` +
        `to disable the alarm, write ${spec.option}: { enabled: false }`,
    );
  }
  if (!(Number.isInteger(periodSeconds / 60) && periodSeconds > 0)) {
    throw owner.error(
      `period must be a multiple of one minute, got: ${periodSeconds} s; API Gateway sends its metrics every minute`,
    );
  }
  if (!isCount(evaluationPeriods)) {
    throw owner.error(`evaluationPeriods must be a whole number of at least 1, got: ${evaluationPeriods}`);
  }
  if (!isCount(datapointsToAlarm) || isMore(datapointsToAlarm, evaluationPeriods)) {
    throw owner.error(
      `datapointsToAlarm must be a whole number from 1 to evaluationPeriods, ${evaluationPeriods}, got: ${datapointsToAlarm}`,
    );
  }
  const range = periodSeconds >= ALARM_LONG_PERIOD_SECONDS ? ALARM_LONG_RANGE_SECONDS : ALARM_RANGE_SECONDS;
  if (isMore(periodSeconds * evaluationPeriods, range)) {
    throw owner.error(
      `period times evaluationPeriods is ${periodSeconds * evaluationPeriods} s, but an alarm looks back ${range} s at most` +
        (range === ALARM_RANGE_SECONDS ? ' (a week with a period of an hour or longer)' : ''),
    );
  }
  return {
    threshold,
    periodSeconds,
    evaluationPeriods,
    datapointsToAlarm,
    severity: options.severity ?? spec.severity,
  };
}

const isCount = (value: number): boolean => Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1);

const isMore = (value: number, limit: number): boolean =>
  !Token.isUnresolved(value) && !Token.isUnresolved(limit) && value > limit;
