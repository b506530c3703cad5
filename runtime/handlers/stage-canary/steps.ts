import { type AlarmClient, judgeAlarms, readAlarms } from '../../live/alarms';
import { iso } from '../../live/ledger';
import { Refused, Superseded } from '../../live/refused';
import { type ReleaseClients, ReleaseControl } from '../../live/release';
import { CHECK_SECONDS, counted, type RunState } from '../../live/run';
import { type StepRequest } from './contract';

export interface StepEnvironment {
  readonly clients: ReleaseClients & { readonly alarms: AlarmClient };
  readonly now: () => number;
}

/** One step of a progressive release: performs it and returns the next state of the state machine. */
export function step(env: StepEnvironment) {
  return async ({ action, state }: StepRequest<RunState>): Promise<RunState> => {
    const run = new Run(env, state);
    try {
      const { isRejected } = await run.current();
      switch (action) {
        case 'check':
        case 'watch': {
          if (isRejected) return { ...state, next: 'rollBack', reason: 'It was rejected.' };
          const checked = await run.check();
          // An execution of an older definition cannot go on in another one.
          return action === 'watch' ? counted(checked) : checked;
        }
        case 'shift':
          if (isRejected) throw new Superseded('The canary was rejected.');
          return await run.shift();
        case 'promote':
          return await run.promote();
        case 'rollBack':
          return await run.rollBack();
      }
    } catch (error) {
      // Somebody promoted, rolled back, deployed or edited by hand: this run has nothing to say any more.
      if (error instanceof Refused) return { ...state, next: 'superseded', reason: error.message };
      throw error;
    }
  };
}

/** The ledger has little room. */
const MAX_REASON = 120;

class Run {
  private readonly control: ReleaseControl;
  private readonly actor: { by: string; now: number };

  constructor(
    private readonly env: StepEnvironment,
    private readonly state: RunState,
  ) {
    const { restApiId, stageName } = state;
    this.control = new ReleaseControl(env.clients, { restApiId, stageName });
    const reason = state.reason || state.error?.Cause || state.error?.Error;
    this.actor = { by: reason ? `progressive: ${reason.slice(0, MAX_REASON)}` : 'progressive', now: env.now() };
  }

  /**
   * Fails where another run drives the stage: the ids alone do not tell, since the same candidate may have been rolled
   * back and tried again. A run that has ended may only end once more.
   */
  public async current(): Promise<{ isRejected: boolean }> {
    const ledger = await this.control.ledger.read();
    const { candidate, release } = this.state;
    const isRejected = ledger?.rejected.includes(candidate) === true;
    const isPromoted = ledger?.state === 'promoted' && ledger.stable === candidate;
    const hasEnded = ledger?.release === undefined && (isRejected || isPromoted);
    if (ledger?.release?.id !== release && !hasEnded) {
      throw new Superseded(`The run ${ledger?.release?.id ?? '(none)'} controls the stage now.`);
    }
    // Whoever undid the promotion since has not asked this run to reject what was promoted.
    if (hasEnded && !isRejected) await this.control.moves.expect({ stable: candidate });
    return { isRejected };
  }

  public async check(): Promise<RunState> {
    const { alarms, steps, step: index, stepStartedAt, startedAt } = this.state;
    await this.control.moves.expect(this.expected());
    const readings = await readAlarms(this.env.clients.alarms, alarms);
    const { verdict, reason } = judgeAlarms(readings, Date.parse(startedAt), this.actor.now);
    if (verdict === 'bad') return { ...this.state, next: 'rollBack', reason };
    const remaining = steps[index].seconds - (this.actor.now - Date.parse(stepStartedAt)) / 1000;
    if (verdict === 'unclear' || remaining > 0) {
      const wait = verdict === 'unclear' ? CHECK_SECONDS : Math.min(CHECK_SECONDS, Math.ceil(remaining));
      return { ...this.state, next: 'wait', reason, waitSeconds: wait };
    }
    return { ...this.state, next: index + 1 < steps.length ? 'shift' : 'promote', reason };
  }

  public async shift(): Promise<RunState> {
    const { steps, step: index } = this.state;
    const { percent, seconds } = steps[index + 1];
    await this.control.shift(percent, this.actor, this.expected());
    const waitSeconds = Math.min(CHECK_SECONDS, Math.max(seconds, 1));
    return { ...this.state, step: index + 1, stepStartedAt: iso(this.actor.now), waitSeconds, next: 'wait' };
  }

  public async promote(): Promise<RunState> {
    const { candidate, stable } = this.state;
    await this.control.promote(candidate, this.actor, { stable });
    return { ...this.state, next: 'done' };
  }

  public async rollBack(): Promise<RunState> {
    const { stable, candidate } = this.state;
    const live = await this.control.moves.read();
    // A promotion that was given up half-way: callers get the candidate already.
    if (live?.stable === candidate) {
      await this.promote();
      return { ...this.state, next: 'superseded', reason: 'It was promoted.' };
    }
    await this.control.rollBack(this.actor, { stable, candidate });
    return { ...this.state, next: 'done' };
  }

  private expected() {
    const { stable, candidate, steps, step: index } = this.state;
    return { stable, candidate, percent: steps[index].percent };
  }
}
