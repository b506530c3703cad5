import { type SideHealth } from '../live/health';
import { type CanaryStatus } from './canary-status';
import { type LiveIo } from './live-io';
import { line, lines, shown, type Shown } from './shown';
import { table } from './table';

/**
 * The status for people: both sides next to each other, then everything that needs attention.
 * @param connection the options that were used to reach AWS, for the commands that are shown
 */
export function statusText(status: CanaryStatus, io: LiveIo, connection: string): Shown {
  const { api, stage, state, stable, canary, alarms, health, drift, rejected, history, progressive } = status;
  const share = canary && state !== 'promotion unfinished' ? canary.percent : 0;
  const rows = [
    ['stable', stable.deployment, `${100 - share} %`, stable.created ?? '', ...healthCells(health.stable)],
    ...(canary
      ? [['canary', canary.deployment, `${canary.percent} %`, canary.created ?? '', ...healthCells(health.canary)]]
      : []),
  ];
  const age = canary?.ageSeconds === undefined ? '' : `, for ${ageText(canary.ageSeconds)}`;
  const driver = canary && progressive ? ', moved by the state machine' : '';
  const ringing = alarms.filter(({ state: is }) => is !== 'OK');
  const more = [
    health.unknown
      ? `Error rate not available: ${health.unknown}.`
      : `Requests: in the last ${ageText(status.windowSeconds)}`,
    ...(alarms.length > 0 ? [`Alarms: ${alarms.map(({ name, state: is }) => `${name} ${is}`).join(', ')}`] : []),
    ...ringing.flatMap(({ name, reason }) => (reason === undefined ? [] : [`  ${name}: ${reason}`])),
    ...(rejected.length > 0 ? [`Rejected: ${rejected.join(', ')}`] : []),
    ...runLines(status),
    ...status.unknown.map(({ what, reason }) => `Not available: ${what}: ${reason}`),
    ...drift.map((one) => `Drift: ${one}`),
    ...history.slice(-HISTORY_LINES).map((entry, index) => `${index === 0 ? 'Last:  ' : '       '}${entryText(entry)}`),
    ...hints(status, connection),
  ];
  return shown([
    line(`${api.name} (${api.id}), stage ${stage}: ${state}${age}${driver}`),
    table(io, ['side', 'deployment', 'traffic', 'made', 'requests', '5xx', '4xx', 'p50', 'p99'], rows),
    lines(more),
  ]);
}

const HISTORY_LINES = 3;
/** CloudFormation knows of no rollback. */
export const STAYS =
  'Keep `canary` in the app until a fixed version is deployed: a deployment without it gives the rejected deployment to all callers.';

function entryText({ at, action, deployment, percent, by }: CanaryStatus['history'][number]): string {
  return `${at} ${action} ${deployment}${percent === undefined ? '' : ` at ${percent} %`}, by ${by}`;
}

function runLines({ run }: CanaryStatus): string[] {
  if (run?.state === 'ended')
    return ['Not monitored: the state machine execution has ended, and the canary stays as it is.'];
  return run?.state === 'unknown' ? [`It is unknown whether the state machine moves it: ${run.reason}.`] : [];
}

/** What may be done now, as it is typed, the safer one first. */
function hints({ api, stage, state, canary, alarms, run }: CanaryStatus, connection: string): string[] {
  const command = (name: string, more = '') =>
    `  apigw canary ${name} ${api.id} --stage ${stage}${more}${connection && ` ${connection}`}`;
  const rollBack = command('rollback');
  const promote = command('promote', ` --deployment ${canary?.deployment}`);
  const isRinging = alarms.some(({ state: is }) => is === 'ALARM');
  switch (state) {
    case 'promotion unfinished':
      return ['Next, to finish the promotion:', promote];
    case 'rollback unfinished':
      return ['Next, to finish the rollback:', rollBack];
    case 'canary':
      return isRinging
        ? ['Next, because an alarm is in ALARM state:', rollBack]
        : run?.state === 'ended'
          ? [
              'Next, to roll it back, to restart its steps, or to promote it to all callers:',
              rollBack,
              command('retry'),
              promote,
            ]
          : ['Next, to roll it back or to promote it to all callers:', rollBack, promote];
    case 'rejected':
      return [STAYS, 'Next: deploy a fixed version, or start the same one again:', command('retry')];
    case 'stable':
      return [];
  }
}

function healthCells(side: SideHealth | undefined): string[] {
  if (!side) return ['', '', '', '', ''];
  const rate = (errors: number) => (side.requests === 0 ? '-' : `${((100 * errors) / side.requests).toFixed(1)} %`);
  const millis = (time: number | undefined) => (time === undefined ? '-' : `${Math.round(time)} ms`);
  return [String(side.requests), rate(side.errors5xx), rate(side.errors4xx), millis(side.p50), millis(side.p99)];
}

export function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}
