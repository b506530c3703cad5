import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';

export type AlarmClient = Pick<CloudWatchClient, 'send'>;

export interface AlarmReading {
  readonly name: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`, or `MISSING` if there is no such alarm. */
  readonly state: string;
  readonly reason?: string;
  /** When it got into this state. */
  readonly since?: Date;
}

/** DescribeAlarms takes 100 names at a time. */
const PAGE = 100;

/** The state of metric alarms. (Composite alarms are visible only with permission to describe all alarms.) */
export async function readAlarms(client: AlarmClient, names: readonly string[]): Promise<AlarmReading[]> {
  const readings: AlarmReading[] = [];
  for (let start = 0; start < names.length; start += PAGE) {
    const AlarmNames = names.slice(start, start + PAGE);
    const command = new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ['MetricAlarm'], MaxRecords: PAGE });
    const { MetricAlarms = [] } = await client.send(command);
    for (const name of AlarmNames) {
      const alarm = MetricAlarms.find(({ AlarmName }) => AlarmName === name);
      readings.push({
        name,
        state: alarm?.StateValue ?? 'MISSING',
        reason: alarm?.StateReason,
        since: alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp,
      });
    }
  }
  return readings;
}

/** What the alarms say about a canary that started at `startedAt` (milliseconds). */
export type AlarmVerdict = { readonly verdict: 'good' | 'bad' | 'unclear'; readonly reason: string };

/** The canary did not cause an alarm that is older, but while that alarm is active, nothing can be determined. */
const GRACE_MILLIS = 15 * 60_000;

export function judgeAlarms(readings: readonly AlarmReading[], startedAt: number, now: number): AlarmVerdict {
  if (readings.length === 0) return { verdict: 'bad', reason: 'No alarm watches the canary.' };
  const missing = readings.filter(({ state }) => state === 'MISSING').map(({ name }) => name);
  // Nobody would notice a bad canary any more.
  if (missing.length > 0) return { verdict: 'bad', reason: `The alarm ${missing.join(', ')} no longer exists.` };
  const ringing = readings.filter(({ state }) => state === 'ALARM');
  if (ringing.length === 0) return { verdict: 'good', reason: '' };
  const fresh = ringing.filter(({ since }) => since === undefined || since.getTime() >= startedAt);
  const named = (alarms: readonly AlarmReading[]) => alarms.map(({ name }) => name).join(', ');
  if (fresh.length > 0) return { verdict: 'bad', reason: `In alarm: ${named(fresh)}.` };
  const reason = `In alarm since before the canary: ${named(ringing)}.`;
  return { verdict: now - startedAt < GRACE_MILLIS ? 'unclear' : 'bad', reason };
}
