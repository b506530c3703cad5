import definition from '../../../runtime/handlers/stage-canary/machine.json';
import { step } from '../../../runtime/handlers/stage-canary/steps';
import { type RunState } from '../../../runtime/live/run';
import { Crash, type FakeAws } from '../../support/fake-aws';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Parameters?: { readonly action: string };
  readonly Choices?: readonly { readonly Variable: string; readonly StringEquals: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly MaxAttempts: number }[];
}

const STATES = definition.States as Record<string, State>;
const NEVER_ENDING = 2_000;

/** Plays Step Functions for one execution of the real definition. */
export class FakeExecution {
  state = definition.StartAt;
  data: RunState;
  private readonly handler;

  constructor(
    private readonly aws: FakeAws,
    readonly name: string,
    input: string,
  ) {
    this.data = JSON.parse(input);
    this.handler = step({ clients: aws.clients(), now: aws.now });
  }

  /** The last execution that was started. */
  static latest(aws: FakeAws): FakeExecution {
    const [name, { input }] = [...aws.machines.executions].at(-1)!;
    return new FakeExecution(aws, name, input);
  }

  get hasEnded(): boolean {
    return ['Succeed', 'Fail'].includes(STATES[this.state].Type);
  }

  /** Runs until the execution ends, or is about to enter the given state; a wait moves the clock. */
  async run(until?: string): Promise<string> {
    for (let count = 0; !this.hasEnded && this.state !== until; count++) {
      if (count > NEVER_ENDING) throw new Error(`the execution does not come to an end: ${this.state}`);
      await this.tick();
    }
    return this.state;
  }

  async tick(): Promise<void> {
    const current = STATES[this.state];
    if (current.Type === 'Wait') {
      this.aws.clock += this.data.waitSeconds * 1000;
      this.state = current.Next!;
    } else if (current.Type === 'Choice') {
      const chosen = current.Choices!.find(({ StringEquals }) => StringEquals === this.data.next);
      this.state = chosen?.Next ?? current.Default!;
    } else await this.task(current);
    const record = this.aws.machines.executions.get(this.name);
    if (record && this.hasEnded) record.running = false;
  }

  private async task({ Parameters, Catch, Retry, Next }: State): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        this.data = await this.handler({ action: Parameters!.action as 'check', state: this.data });
        this.state = Next!;
        return;
      } catch (error) {
        if (attempt < Retry![0].MaxAttempts) continue;
        if (!Catch) throw error;
        const { name, message } = error as Error;
        this.data = { ...this.data, error: { Error: error instanceof Crash ? 'Crash' : name, Cause: message } };
        this.state = Catch[0].Next;
        return;
      }
    }
  }
}
