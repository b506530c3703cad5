import definition from '../../../runtime/handlers/stage-canary/machine.json';
import { step } from '../../../runtime/handlers/stage-canary/steps';
import { type RunState } from '../../../runtime/live/run';
import { Crash, type FakeAws } from '../../support/fake-aws';
import { ServiceFault } from '../../support/fake-aws/errors';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Parameters?: { readonly action?: string };
  readonly Resource?: string;
  readonly Choices?: readonly { readonly Variable: string; readonly StringEquals: string; readonly Next: string }[];
  readonly Catch?: readonly (Matcher & { readonly Next: string; readonly ResultPath: string | null })[];
  readonly Retry?: readonly (Matcher & { readonly MaxAttempts: number })[];
}

interface Matcher {
  readonly ErrorEquals: readonly string[];
}

const STATES = definition.States as Record<string, State>;
const NEVER_ENDING = 4_000;
const MAX_EVENTS = 25_000;

/** Plays Step Functions for one execution of the real definition. */
export class FakeExecution {
  state = definition.StartAt;
  data: RunState;
  /** Of its history: it fails when there are 25,000. */
  events = 1;
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

  /** Runs this execution and those that go on for it; where the last one ends. */
  async runOn(): Promise<string> {
    const end = await this.run();
    if (end !== 'Continued') return end;
    const { input } = this.aws.machines.executions.get(this.data.execution!)!;
    return new FakeExecution(this.aws, this.data.execution!, input).runOn();
  }

  async tick(): Promise<void> {
    const current = STATES[this.state];
    // Entered and left; those of a task are counted there.
    this.events += 2;
    if (this.events > MAX_EVENTS) throw new Error(`more than ${MAX_EVENTS} events`);
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

  private async task({ Parameters, Catch, Retry, Next, Resource }: State): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      // Scheduled, started, and ended in one way or another.
      this.events += 3;
      try {
        if (Resource!.endsWith(':states:startExecution')) {
          const start = {
            stateMachineArn: this.aws.machines.executions.get(this.name)!.machine,
            name: this.data.execution,
            input: JSON.stringify(this.data),
          };
          this.aws.startExecution(start);
        } else this.data = await this.handler({ action: Parameters!.action as 'watch', state: this.data });
        this.state = Next!;
        return;
      } catch (error) {
        const { name, message } = error as Error;
        const kind =
          error instanceof Crash ? 'Crash' : error instanceof ServiceFault ? `StepFunctions.${error.type}` : name;
        const matches = ({ ErrorEquals }: Matcher) => ErrorEquals.includes(kind) || ErrorEquals.includes('States.ALL');
        if (attempt < Retry!.find(matches)!.MaxAttempts) continue;
        const caught = Catch?.find(matches);
        if (!caught) throw error;
        if (caught.ResultPath !== null) this.data = { ...this.data, error: { Error: kind, Cause: message } };
        this.state = caught.Next;
        return;
      }
    }
  }
}
