import { type FunctionOutcome, type Invocation, type LocalFunction } from '../../../lib/serve/functions';
import { type OpenChannel } from './channel';
import { tooLarge } from './payloads';
import { type Job, PATIENCE_IN_MS, Sandbox, type SandboxOptions } from './sandbox';

export interface PoolOptions extends SandboxOptions {
  /** How many sandboxes a function has at most. */
  readonly size: number;
  /** After so long without a call a sandbox ends. */
  readonly idleMs: number;
  /** Makes the code ready; what it throws is the reason why the function cannot run. */
  readonly prepare: (target: LocalFunction) => Promise<OpenChannel>;
}

/** The sandboxes of one function. */
export class Pool {
  private readonly all = new Set<Sandbox>();
  /** The one that got the last call: as long as it can take more, others grow old and end. */
  private latest?: Sandbox;
  private readonly queue: Job[] = [];
  private starting = 0;
  /** Code that was made ready before the last restart is old. */
  private restarts = 0;
  private closed?: FunctionOutcome;
  private readonly sweep: NodeJS.Timeout;
  private patience?: NodeJS.Timeout;

  constructor(private readonly options: PoolOptions) {
    this.sweep = setInterval(() => this.endIdle(), Math.max(options.idleMs / 2, 10)).unref();
  }

  invoke(target: LocalFunction, invocation: Invocation): Promise<FunctionOutcome> {
    if (this.closed) return Promise.resolve(this.closed);
    const event = JSON.stringify(invocation.event) ?? 'null';
    const refused = tooLarge(event) ?? this.throttle(target);
    if (refused) return Promise.resolve(refused);
    return new Promise<FunctionOutcome>((done) => this.give({ target, invocation, event, done }));
  }

  /** The code has changed: sandboxes end after their call, and others take their place. */
  restart(): void {
    this.restarts++;
    const waiting: Job[] = [];
    for (const sandbox of this.all) {
      sandbox.stale = true;
      waiting.push(...sandbox.takeBack());
      if (sandbox.load === 0) this.retire(sandbox);
    }
    for (const job of waiting) this.give(job);
  }

  async close(outcome: FunctionOutcome): Promise<void> {
    this.closed = outcome;
    clearInterval(this.sweep);
    clearTimeout(this.patience);
    this.queue.splice(0).forEach(({ done }) => done(outcome));
    await Promise.all([...this.all].map((sandbox) => sandbox.end(outcome)));
  }

  private give(job: Job): void {
    const sandbox = this.queue.length === 0 ? this.choose() : undefined;
    if (sandbox) return this.assign(sandbox, job);
    this.queue.push(job);
    this.grow();
  }

  private assign(sandbox: Sandbox, job: Job): void {
    this.latest = sandbox;
    sandbox.run(job);
    if (sandbox.load > 1) this.patience ??= setTimeout(() => this.lookAfter(), PATIENCE_IN_MS).unref();
  }

  /** Of sandboxes that are free the last used one. */
  private choose(): Sandbox | undefined {
    if (this.latest?.hasRoom) return this.latest;
    let chosen: Sandbox | undefined;
    for (const each of this.all) {
      if (each.isFree && !(chosen && chosen.idleSince >= each.idleSince)) chosen = each;
    }
    return chosen ?? [...this.all].find(({ hasRoom }) => hasRoom);
  }

  private throttle(target: LocalFunction): FunctionOutcome | undefined {
    const { maxConcurrency } = target;
    return maxConcurrency !== undefined && this.inFlight() >= maxConcurrency ? throttled(target) : undefined;
  }

  /** Calls that wait or run; one that streams runs until its end. */
  private inFlight(): number {
    return [...this.all].reduce((sum, { load }) => sum + load, this.queue.length);
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
      sandbox = new Sandbox(target, open, this.options, (one, notBegun) => this.freed(one, notBegun));
    } catch (error) {
      // Options for Node.js that it does not know, for one.
      next.done({ kind: 'refused', reason: `${target.id} does not start: ${(error as Error).message}` });
      return this.grow();
    }
    this.all.add(sandbox);
    this.assign(sandbox, next);
    this.grow();
  }

  private freed(sandbox: Sandbox, notBegun: readonly Job[]): void {
    if (this.closed) return notBegun.forEach(({ done }) => done(this.closed!));
    this.queue.unshift(...notBegun);
    if (sandbox.dead || (sandbox.stale && sandbox.load === 0)) this.retire(sandbox);
    this.serveQueue();
  }

  private serveQueue(): void {
    while (this.queue.length > 0) {
      const sandbox = this.choose();
      if (!sandbox) return this.grow();
      this.assign(sandbox, this.queue.shift()!);
    }
  }

  /** Gives calls that wait behind a slow one to other sandboxes. */
  private lookAfter(): void {
    this.patience = undefined;
    for (const sandbox of this.all) {
      if (sandbox.load > 1 && sandbox.isSlow) this.queue.push(...sandbox.takeBack());
    }
    this.serveQueue();
    if ([...this.all].some(({ load }) => load > 1)) {
      this.patience ??= setTimeout(() => this.lookAfter(), PATIENCE_IN_MS).unref();
    }
  }

  private retire(sandbox: Sandbox): void {
    this.all.delete(sandbox);
    if (this.latest === sandbox) this.latest = undefined;
    if (!sandbox.dead) void sandbox.end({ kind: 'refused', reason: 'its code has changed' });
  }

  private endIdle(): void {
    const old = Date.now() - this.options.idleMs;
    for (const sandbox of this.all) if (sandbox.isFree && sandbox.idleSince <= old) this.retire(sandbox);
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
