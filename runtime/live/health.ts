import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type LiveStage } from './stage';
import { CANARY_LOG_SUFFIX } from '../../lib/facts/names';

export type LogsClient = Pick<CloudWatchLogsClient, 'send'>;

/** What the access log tells about one side of a release. */
export interface SideHealth {
  readonly requests: number;
  readonly errors5xx: number;
  readonly errors4xx: number;
  /** Milliseconds; undefined where the log format has no latency. */
  readonly p50?: number;
  readonly p99?: number;
}

export interface Health {
  readonly stable?: SideHealth;
  readonly canary?: SideHealth;
  /** Why one side, or both, are unknown. */
  readonly unknown?: string;
}

export interface HealthWindow {
  readonly fromMillis: number;
  readonly toMillis: number;
}

const POLL_MILLIS = 500;
const MAX_POLLS = 60;

/** Queries Logs Insights about both sides; the requests of a canary are in a separate log group. */
export async function readHealth(
  client: LogsClient,
  live: LiveStage,
  window: HealthWindow,
  sleep: (millis: number) => Promise<void>,
): Promise<Health> {
  const { accessLogGroup: group, accessLogFormat: format = '' } = live;
  if (group === undefined) return { unknown: 'the stage has no access log in CloudWatch' };
  const status = fieldOf(format, 'status');
  if (status === undefined) return { unknown: 'the access log is not JSON with $context.status' };
  const latency = fieldOf(format, 'responseLatency') ?? fieldOf(format, 'integrationLatency');
  const canaryGroup = `${group}${CANARY_LOG_SUFFIX}`;
  const ask = new Insights(client, window, sleep);
  const groups = live.canary ? [group, canaryGroup] : [group];
  const present = await ask.existing(groups, `stats count(*) as requests by @log, ${status}`);
  const times = latency
    ? await ask.existing(groups, `stats pct(${latency}, 50) as p50, pct(${latency}, 99) as p99 by @log`)
    : [];
  return {
    stable: sideOf(group, present, times, status),
    ...(live.canary && { canary: sideOf(canaryGroup, present, times, status) }),
  };
}

/** The key under which a JSON log format writes a variable of the context. */
function fieldOf(format: string, variable: string): string | undefined {
  return new RegExp(`"([A-Za-z0-9_]+)"\\s*:\\s*"?\\$context\\.${variable}\\b`).exec(format)?.[1];
}

type Row = Readonly<Record<string, string>>;

class Insights {
  constructor(
    private readonly client: LogsClient,
    private readonly window: HealthWindow,
    private readonly sleep: (millis: number) => Promise<void>,
  ) {}

  /** The rows of all groups that exist: that of a canary is created with its first request, unless it already exists. */
  public async existing(groups: readonly string[], query: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (const group of groups) {
      try {
        rows.push(...(await this.run(group, query)));
      } catch (error) {
        if ((error as Error).name !== 'ResourceNotFoundException') throw error;
      }
    }
    return rows;
  }

  private async run(group: string, queryString: string): Promise<Row[]> {
    const startTime = Math.floor(this.window.fromMillis / 1000);
    const endTime = Math.ceil(this.window.toMillis / 1000);
    const start = new StartQueryCommand({ logGroupNames: [group], queryString, startTime, endTime, limit: 1000 });
    const { queryId } = await this.client.send(start);
    for (let poll = 0; poll < MAX_POLLS; poll++) {
      const { status, results = [] } = await this.client.send(new GetQueryResultsCommand({ queryId }));
      if (status === 'Complete') return results.map(rowOf);
      if (status !== 'Running' && status !== 'Scheduled') throw new Error(`The log query ended as ${status}.`);
      await this.sleep(POLL_MILLIS);
    }
    throw new Error('The log query did not finish.');
  }
}

function rowOf(fields: ResultField[]): Row {
  return Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value]));
}

function sideOf(group: string, counts: readonly Row[], times: readonly Row[], status: string): SideHealth {
  // `account:group`; the group of the canary begins with that of the stage.
  const isOurs = (row: Row) => row['@log']?.slice(row['@log'].indexOf(':') + 1) === group;
  const sum = (from: number, to: number) =>
    counts
      .filter((row) => isOurs(row) && Number(row[status]) >= from && Number(row[status]) < to)
      .reduce((total, row) => total + Number(row.requests), 0);
  const time = times.find(isOurs);
  return {
    requests: sum(0, 1000),
    errors5xx: sum(500, 600),
    errors4xx: sum(400, 500),
    ...(time && { p50: Number(time.p50), p99: Number(time.p99) }),
  };
}
