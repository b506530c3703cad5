import { type ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { isThrottled, isUnavailable, nameOf, statusOf } from '../shared/service-error';
import { type BroadcasterConfig } from './config';
import { type BroadcastResult, FAILED_IDS_MAX } from './contract';
import { type Broadcast } from './event';
import { encodeCursor, type ItemKey } from './position';
import { type Clock, OutOfTimeError, waitBefore, withRetry } from './retry';
import { type ConnectionTable } from './table';

/** One line of the log. */
export interface LogEntry {
  readonly event: 'broadcast' | 'failed';
  readonly [detail: string]: string | number | boolean | undefined;
}

/** What a broadcast needs from outside. */
export interface BroadcastEnvironment extends Clock {
  readonly connections: Pick<ApiGatewayManagementApiClient, 'send'>;
  readonly table: ConnectionTable;
  readonly log: (entry: LogEntry) => void;
}

/** Fewer than the sockets of a client, 50. */
const CONCURRENCY = 40;

/** Sends to all connections of the target, as far as the time goes. */
export async function broadcast(
  env: BroadcastEnvironment,
  config: BroadcasterConfig,
  given: Broadcast,
  deadline: number,
): Promise<BroadcastResult> {
  const run = new Run(env, config, given, deadline);
  await run.toEnd();
  const result = run.result();
  const { sent, gone, failed } = result;
  env.log({ event: 'broadcast', to: given.target.to, sent, gone, failed, finished: result.cursor === undefined });
  return result;
}

class Run {
  private readonly queue: string[];
  private more: boolean;
  private after?: ItemKey;
  private reading?: Promise<void>;
  private stopped = false;
  private sent = 0;
  private gone = 0;
  private readonly failed: string[] = [];
  private readonly late: string[] = [];

  constructor(
    private readonly env: BroadcastEnvironment,
    private readonly config: BroadcasterConfig,
    private readonly given: Broadcast,
    private readonly deadline: number,
  ) {
    const { pending, more, after } = given.start;
    this.queue = [...pending];
    this.more = more;
    this.after = after;
  }

  /** Several workers take the next connection, so a slow connection does not delay others. */
  public async toEnd(): Promise<void> {
    const ends = await Promise.allSettled(Array.from({ length: CONCURRENCY }, () => this.work()));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  }

  public result(): BroadcastResult {
    const pending = [...this.late, ...this.queue];
    const { more, after } = this;
    return {
      sent: this.sent,
      gone: this.gone,
      failed: this.failed.length,
      ...(this.failed.length > 0 && { failedConnectionIds: this.failed.slice(0, FAILED_IDS_MAX) }),
      ...((more || pending.length > 0) && { cursor: encodeCursor({ pending, more, after }, this.given.target) }),
    };
  }

  private async work(): Promise<void> {
    try {
      for (;;) {
        const connectionId = await this.next();
        if (connectionId === undefined) return;
        await this.deliver(connectionId);
      }
    } catch (error) {
      this.stopped = true;
      throw error;
    }
  }

  private async next(): Promise<string | undefined> {
    while (!this.stopped && this.env.now() < this.deadline) {
      const connectionId = this.queue.shift();
      if (connectionId !== undefined || !this.more) return connectionId;
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      await this.reading;
    }
    return undefined;
  }

  private async read(): Promise<void> {
    try {
      const { connectionIds, last } = await this.env.table.page(this.given.target, this.after, this.deadline);
      this.queue.push(...connectionIds.filter((id) => !this.given.exclude.has(id)));
      this.more = last !== undefined;
      this.after = last;
    } catch (error) {
      if (!(error instanceof OutOfTimeError)) throw error;
      this.stopped = true;
    }
  }

  private async deliver(connectionId: string): Promise<void> {
    try {
      if (await this.post(connectionId)) this.sent++;
      else this.gone++;
    } catch (error) {
      if (error instanceof OutOfTimeError) {
        this.late.push(connectionId);
        return;
      }
      if (!concernsOneConnection(error)) throw this.explained(error);
      this.failed.push(connectionId);
      const { name, message } = error as Error;
      this.env.log({ event: 'failed', connectionId, reason: `${name}: ${message}` });
    }
  }

  /** False where the connection is gone, and the table has forgotten it. */
  private async post(connectionId: string): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: this.given.data });
      try {
        await withRetry(this.env, this.deadline, () => this.env.connections.send(command));
        return true;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      // Tried once even if it is late: the next run would only ask again, and be late again.
      const latest = Math.max(this.deadline, this.env.now() + 1);
      if (await this.env.table.forget(connectionId, latest)) return false;
      await waitBefore(this.env, this.deadline, attempt);
    }
  }

  private explained(error: unknown): unknown {
    if (!('$metadata' in (error as object))) return error;
    const { name, message } = error as Error;
    const advice =
      statusOf(error) === 403
        ? ' The function needs execute-api:ManageConnections on POST/@connections/* of this stage.'
        : '';
    return new Error(`API Gateway refused to send through ${this.config.callbackUrl}: ${name}: ${message}.${advice}`, {
      cause: error,
    });
  }
}

function isGone(error: unknown): boolean {
  return nameOf(error) === 'GoneException' || statusOf(error) === 410;
}

/**
 * Any other error is about the message, the address or a permission, and would come again with every connection. The cause
 * is the error of the table, where a connection that is gone could not be deleted: the next run will.
 */
function concernsOneConnection(error: unknown): boolean {
  const { cause } = error as Error;
  return [error, cause].some((one) => isThrottled(one) || isUnavailable(one)) || statusOf(error) === 400;
}
