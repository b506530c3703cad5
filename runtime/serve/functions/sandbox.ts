import {
  type FunctionLog,
  type FunctionOutcome,
  type Invocation,
  type LocalFunction,
} from '../../../lib/serve/functions';
import { type Channel, type Exit, type OpenChannel } from './channel';
import { type FromFunction } from './messages';
import { answered, exited, exitText, timedOut, timedOutLine } from './payloads';
import { StreamedAnswer } from './streamed-answer';
import { TimeLimit } from './time-limit';
import { traceId } from './trace-id';

export interface SandboxOptions {
  readonly onLog: (log: FunctionLog) => void;
  /** Calls under a debugger take as long as they take. */
  readonly noTimeout: boolean;
  /** So long the code may load before the time of the first call runs. */
  readonly initMs: number;
}

/** A call of a function. */
export interface Job {
  readonly target: LocalFunction;
  readonly invocation: Invocation;
  /** The event as JSON. */
  readonly event: string;
  readonly done: (outcome: FunctionOutcome) => void;
}

interface Running {
  readonly job: Job;
  /** Its number in the thread; 0 if it is not there yet. */
  claim: number;
  stream?: StreamedAnswer;
}

/** A process or thread with the code of a function in it: runs one event at a time. */
export class Sandbox {
  private readonly channel: Channel;
  private state: 'loading' | 'ready' | 'dead' = 'loading';
  /** The first one runs. Others wait in the thread, so it goes on without asking for the next one. */
  private readonly calls: Running[] = [];
  private claims = 0;
  private oneByOne: boolean;
  private readonly limit = new TimeLimit(() => this.expired());
  private readonly startedAt = Date.now();
  /** When the call that runs began. */
  private begunAt = 0;
  /** When its last call ended. */
  idleSince = Date.now();
  /** Its code has changed: it is not used again. */
  stale = false;

  constructor(
    readonly target: LocalFunction,
    open: OpenChannel,
    private readonly options: SandboxOptions,
    /** It has one call less, or is dead: calls that it has not begun are for another one. */
    private readonly onFree: (sandbox: Sandbox, notBegun: readonly Job[]) => void,
  ) {
    this.oneByOne = options.noTimeout;
    this.channel = open({ onMessage: (message) => this.received(message), onExit: (exit) => this.ended(exit) });
  }

  get dead(): boolean {
    return this.state === 'dead';
  }

  /** Calls that run or wait here. */
  get load(): number {
    return this.calls.length;
  }

  /** Whether it would run another call at once. */
  get isFree(): boolean {
    return this.calls.length === 0 && !this.stale && this.state === 'ready';
  }

  /** Whether another call would hardly wait here. */
  get hasRoom(): boolean {
    if (this.isFree) return true;
    if (this.state !== 'ready' || this.stale || this.oneByOne) return false;
    return this.channel.claims?.allows(this.calls.length) === true && !this.isSlow;
  }

  /** Whether calls wait here for one that takes longer than was expected. */
  get isSlow(): boolean {
    return performance.now() - this.begunAt > PATIENCE_IN_MS;
  }

  run(job: Job): void {
    const call: Running = { job, claim: 0 };
    if (this.calls.push(call) === 1) this.channel.hold(true);
    if (this.state === 'ready') this.send(call);
    else this.limit.set(this.options.initMs - (Date.now() - this.startedAt) + this.target.timeoutInMs);
  }

  /** Takes back the calls that wait here. */
  takeBack(): Job[] {
    const [first, ...others] = this.calls;
    const kept = others.filter((call) => !this.isTakenBack(call));
    this.calls.splice(0, Infinity, ...(first ? [first] : []), ...kept);
    return others.filter((call) => !kept.includes(call)).map(({ job }) => job);
  }

  /** Ends it at once; calls that run get the outcome. */
  async end(outcome: FunctionOutcome): Promise<void> {
    if (!this.dead) this.die(outcome);
    await this.channel.kill();
  }

  private isTakenBack({ claim }: Running): boolean {
    return claim > 0 && this.channel.claims?.take(claim) === true;
  }

  private send(call: Running): void {
    const { timeoutInMs } = this.target;
    // Loading that took longer than its share is paid from the time of the call.
    const spent = this.claims === 0 ? Math.max(0, Date.now() - this.startedAt - this.options.initMs) : 0;
    const limitMs = timeoutInMs - spent;
    if (call === this.calls[0]) this.begins(limitMs);
    call.claim = this.claims = (this.claims % MOST_CLAIMS) + 1;
    this.channel.claims?.offer(call.claim);
    const { invocation, event } = call.job;
    const { requestId, invokedFunctionArn: arn } = invocation;
    this.channel.post({ kind: 'call', requestId, arn, event, limitMs, traceId: traceId(), claim: call.claim });
  }

  private begins(limitMs: number): void {
    this.begunAt = performance.now();
    this.limit.set(limitMs);
  }

  private expired(): void {
    const [running] = this.calls;
    if (!running || this.options.noTimeout) return;
    const { requestId } = running.job.invocation;
    this.log(timedOutLine(requestId, this.target.timeoutInMs, Date.now()), requestId);
    void this.end(timedOut(requestId, this.target.timeoutInMs));
  }

  private received(message: FromFunction): void {
    switch (message.kind) {
      case 'log':
        return this.log(message.text, message.requestId);
      case 'ready':
        return this.loaded(message.oneByOne === true);
      case 'answer':
        return this.finish(answered(message.payload));
      case 'error': {
        const outcome = { kind: 'error', payload: message.payload } as const;
        return message.fatal ? this.die(outcome) : this.finish(outcome);
      }
      case 'chunk':
        return this.stream()?.add(message.bytes);
      case 'end':
        this.stream()?.end();
        return this.finish({ kind: 'answer', payload: '' });
    }
  }

  private loaded(oneByOne: boolean): void {
    if (this.state !== 'loading') return;
    this.state = 'ready';
    this.oneByOne ||= oneByOne;
    for (const call of this.calls) this.send(call);
  }

  private stream(): StreamedAnswer | undefined {
    const [running] = this.calls;
    if (!running) return undefined;
    const { invocation, done } = running.job;
    running.stream ??= new StreamedAnswer(invocation.streaming === true, done, () =>
      this.calls[0] === running ? this.channel.post({ kind: 'taken' }) : undefined,
    );
    return running.stream;
  }

  /** The call that runs is over. */
  private finish(outcome: FunctionOutcome): void {
    const call = this.calls.shift();
    if (!call) return;
    if (this.calls.length > 0) this.begins(this.target.timeoutInMs);
    else this.rest();
    settle(call, outcome);
    this.onFree(this, []);
  }

  /** All is over. */
  private die(outcome: FunctionOutcome): void {
    this.state = 'dead';
    const [running, ...waiting] = this.calls.splice(0);
    this.rest();
    const notBegun = waiting.filter((call) => this.isTakenBack(call));
    if (running) settle(running, outcome);
    for (const call of waiting) if (!notBegun.includes(call)) settle(call, outcome);
    this.onFree(
      this,
      notBegun.map(({ job }) => job),
    );
  }

  private rest(): void {
    this.idleSince = Date.now();
    this.limit.clear();
    this.channel.hold(false);
  }

  private ended(exit: Exit): void {
    if (this.dead) return;
    const requestId = this.calls[0]?.job.invocation.requestId;
    this.log([exitText(exit), exit.reason].filter(Boolean).join(': '), requestId);
    this.die(exited(requestId ?? '', exit));
  }

  private log(text: string, requestId: string | undefined): void {
    this.options.onLog({ functionId: this.target.id, ...(requestId !== undefined && { requestId }), text });
  }
}

/** What has begun to stream ends, or breaks off. */
function settle({ job, stream }: Running, outcome: FunctionOutcome): void {
  if (stream) stream.finish(outcome);
  else job.done(outcome);
}

/** So long a call may run until those that wait behind it go elsewhere. */
export const PATIENCE_IN_MS = 5;

/** What 32 bits hold. */
const MOST_CLAIMS = 2 ** 31 - 2;
