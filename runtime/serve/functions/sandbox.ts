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
import { traceId } from './trace-id';

export interface SandboxOptions {
  readonly onLog: (log: FunctionLog) => void;
  /** Calls under a debugger take as long as they take. */
  readonly noTimeout: boolean;
  /** So long the code may load before the time of the first call runs. */
  readonly initMs: number;
}

interface Running {
  readonly invocation: Invocation;
  /** The event as JSON, until it is sent. */
  readonly event: string;
  readonly done: (outcome: FunctionOutcome) => void;
  timer?: NodeJS.Timeout;
  stream?: StreamedAnswer;
}

/** A process or thread with the code of a function in it: runs one event at a time. */
export class Sandbox {
  private readonly channel: Channel;
  private state: 'loading' | 'ready' | 'dead' = 'loading';
  private running?: Running;
  private readonly startedAt = Date.now();
  /** When its last call ended. */
  idleSince = Date.now();
  /** Its code has changed: it is not used again. */
  stale = false;

  constructor(
    readonly target: LocalFunction,
    open: OpenChannel,
    private readonly options: SandboxOptions,
    /** It takes the next call, or is dead. */
    private readonly onFree: (sandbox: Sandbox) => void,
  ) {
    this.channel = open({ onMessage: (message) => this.received(message), onExit: (exit) => this.ended(exit) });
  }

  get dead(): boolean {
    return this.state === 'dead';
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  run(invocation: Invocation, event: string): Promise<FunctionOutcome> {
    return new Promise((done) => {
      this.running = { invocation, event, done };
      this.channel.hold(true);
      if (this.state === 'ready') this.send();
      else this.limit(this.options.initMs - (Date.now() - this.startedAt) + this.target.timeoutInMs);
    });
  }

  /** Ends it at once; a call that runs gets the outcome. */
  async end(outcome: FunctionOutcome): Promise<void> {
    if (!this.dead) this.finish(outcome, true);
    await this.channel.kill();
  }

  private send(): void {
    const { running } = this;
    if (!running) return;
    const { timeoutInMs } = this.target;
    // Loading that took longer than its share is paid from the time of the call.
    const spent = running.timer ? Math.max(0, Date.now() - this.startedAt - this.options.initMs) : 0;
    this.limit(timeoutInMs - spent);
    const { requestId, invokedFunctionArn: arn } = running.invocation;
    const deadline = Date.now() + timeoutInMs - spent;
    this.channel.post({ kind: 'call', requestId, arn, event: running.event, deadline, traceId: traceId() });
  }

  private limit(ms: number): void {
    const { running, options, target } = this;
    if (!running || options.noTimeout) return;
    clearTimeout(running.timer);
    running.timer = setTimeout(() => {
      const { requestId } = running.invocation;
      this.log(timedOutLine(requestId, target.timeoutInMs, Date.now()), requestId);
      void this.end(timedOut(requestId, target.timeoutInMs));
    }, ms);
  }

  private received(message: FromFunction): void {
    switch (message.kind) {
      case 'log':
        return this.log(message.text, message.requestId);
      case 'ready':
        if (this.state === 'loading') this.state = 'ready';
        return this.send();
      case 'answer':
        return this.finish(answered(message.payload));
      case 'error':
        return this.finish({ kind: 'error', payload: message.payload }, message.fatal);
      case 'chunk':
        return this.stream()?.add(message.bytes);
      case 'end':
        this.stream()?.end();
        return this.finish({ kind: 'answer', payload: '' });
    }
  }

  private stream(): StreamedAnswer | undefined {
    const { running } = this;
    if (!running) return undefined;
    running.stream ??= new StreamedAnswer(running.invocation.streaming === true, running.done, () =>
      this.running === running ? this.channel.post({ kind: 'taken' }) : undefined,
    );
    return running.stream;
  }

  private finish(outcome: FunctionOutcome, last = false): void {
    const { running } = this;
    if (last) this.state = 'dead';
    if (!running && !last) return;
    this.running = undefined;
    this.idleSince = Date.now();
    this.channel.hold(false);
    if (running) {
      clearTimeout(running.timer);
      // What has begun to stream ends, or breaks off.
      if (running.stream) running.stream.finish(outcome);
      else running.done(outcome);
    }
    this.onFree(this);
  }

  private ended(exit: Exit): void {
    if (this.dead) return;
    const { running } = this;
    const requestId = running?.invocation.requestId;
    this.log([exitText(exit), exit.reason].filter(Boolean).join(': '), requestId);
    this.finish(exited(requestId ?? '', exit), true);
  }

  private log(text: string, requestId: string | undefined): void {
    this.options.onLog({ functionId: this.target.id, ...(requestId !== undefined && { requestId }), text });
  }
}
