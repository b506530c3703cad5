import { type FunctionOutcome, type Invocation, type LocalFunction } from '../../../lib/serve/functions';
import { type OpenChannel } from './channel';
import { tooLarge } from './payloads';
import { Sandbox, type SandboxOptions } from './sandbox';

export interface PoolOptions extends SandboxOptions {
  /** How many sandboxes a function has at most. */
  readonly size: number;
  /** After so long without a call a sandbox ends. */
  readonly idleMs: number;
  /** Makes the code ready; what it throws is the reason why the function cannot run. */
  readonly prepare: (target: LocalFunction) => Promise<OpenChannel>;
}

interface Waiting {
  readonly target: LocalFunction;
  readonly invocation: Invocation;
  readonly event: string;
  readonly done: (outcome: FunctionOutcome) => void;
}

/** The sandboxes of one function. */
export class Pool {
  private readonly all = new Set<Sandbox>();
  /** Those without a call, the last used at the end: others grow old and end. */
  private readonly free: Sandbox[] = [];
  private readonly queue: Waiting[] = [];
  private starting = 0;
  /** Code that was made ready before the last restart is old. */
  private restarts = 0;
  private closed?: FunctionOutcome;
  private readonly sweep: NodeJS.Timeout;

  constructor(private readonly options: PoolOptions) {
    this.sweep = setInterval(() => this.endIdle(), Math.max(options.idleMs / 2, 10)).unref();
  }

  async invoke(target: LocalFunction, invocation: Invocation): Promise<FunctionOutcome> {
    if (this.closed) return this.closed;
    const event = JSON.stringify(invocation.event) ?? 'null';
    const refused = tooLarge(event);
    if (refused) return refused;
    if (target.maxConcurrency !== undefined && this.inFlight() >= target.maxConcurrency) return throttled(target);
    const sandbox = this.free.pop();
    if (sandbox) return sandbox.run(invocation, event);
    return new Promise<FunctionOutcome>((done) => {
      this.queue.push({ target, invocation, event, done });
      this.grow();
    });
  }

  /** The code has changed: sandboxes end after their call, and others take their place. */
  restart(): void {
    this.restarts++;
    for (const sandbox of this.all) {
      sandbox.stale = true;
      if (!sandbox.busy) this.retire(sandbox);
    }
  }

  async close(outcome: FunctionOutcome): Promise<void> {
    this.closed = outcome;
    clearInterval(this.sweep);
    this.queue.splice(0).forEach(({ done }) => done(outcome));
    this.free.length = 0;
    await Promise.all([...this.all].map((sandbox) => sandbox.end(outcome)));
  }

  /** Calls that wait or run; one that streams runs until its end. */
  private inFlight(): number {
    return this.queue.length + [...this.all].filter(({ busy }) => busy).length;
  }

  /** Starts a sandbox for the calls that wait, unless enough are on their way. */
  private grow(): void {
    const [waiting] = this.queue;
    const live = [...this.all].filter(({ stale }) => !stale).length;
    if (!waiting || this.starting >= this.queue.length || live + this.starting >= this.options.size) return;
    this.starting++;
    const { restarts } = this;
    this.options.prepare(waiting.target).then(
      (open) => {
        this.starting--;
        if (this.closed) return;
        if (restarts === this.restarts) this.start(waiting.target, open);
        else this.grow();
      },
      (error: Error) => {
        this.starting--;
        // The others would be told the same.
        this.queue.splice(0).forEach(({ done }) => done({ kind: 'refused', reason: error.message }));
      },
    );
  }

  private start(target: LocalFunction, open: OpenChannel): void {
    const next = this.queue.shift();
    if (!next) return;
    let sandbox: Sandbox;
    try {
      sandbox = new Sandbox(target, open, this.options, (one) => this.freed(one));
    } catch (error) {
      // Options for Node.js that it does not know, for one.
      next.done({ kind: 'refused', reason: `${target.id} does not start: ${(error as Error).message}` });
      return this.grow();
    }
    this.all.add(sandbox);
    void sandbox.run(next.invocation, next.event).then(next.done);
    this.grow();
  }

  private freed(sandbox: Sandbox): void {
    if (this.closed) return;
    if (sandbox.dead || sandbox.stale) {
      this.retire(sandbox);
      return this.grow();
    }
    const next = this.queue.shift();
    if (next) void sandbox.run(next.invocation, next.event).then(next.done);
    else this.free.push(sandbox);
  }

  private retire(sandbox: Sandbox): void {
    this.all.delete(sandbox);
    const at = this.free.indexOf(sandbox);
    if (at >= 0) this.free.splice(at, 1);
    if (!sandbox.dead) void sandbox.end({ kind: 'refused', reason: 'its code has changed' });
  }

  private endIdle(): void {
    const old = Date.now() - this.options.idleMs;
    this.free.filter(({ idleSince }) => idleSince <= old).forEach((sandbox) => this.retire(sandbox));
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function throttled({ id, maxConcurrency }: LocalFunction): FunctionOutcome {
  const most = maxConcurrency === 0 ? 'no call at all' : `${maxConcurrency} at the same time`;
  return {
    kind: 'refused',
    reason: `Rate Exceeded. ${id} has reserved concurrency for ${most} (ReservedFunctionConcurrentInvocationLimitExceeded)`,
    throttled: true,
  };
}
