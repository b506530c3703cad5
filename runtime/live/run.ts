import { ListExecutionsCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { iso, type ReleaseStep } from './ledger';
import { type StageRef } from './stage';

export type MachineClient = Pick<SFNClient, 'send'>;

/** How often alarms are looked at while a step bakes: an alarm must not wait for the end of the step. */
export const CHECK_SECONDS = 60;

/**
 * How many checks one execution makes. It ends at 25,000 events; a check is 9 of them, and 18 more where each try fails.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_CHECKS = 720;

/** The data of a run of the state machine between states: its whole view, so it can detect when that is outdated. */
export interface RunState extends StageRef {
  /** Name of the run and of its first execution, which the ledger names as long as the run is the current one. */
  readonly release: string;
  readonly stable: string;
  readonly candidate: string;
  readonly alarms: readonly string[];
  readonly steps: readonly ReleaseStep[];
  /** Index of the step that bakes. */
  readonly step: number;
  readonly startedAt: string;
  readonly stepStartedAt: string;
  readonly waitSeconds: number;
  /** Checks of this execution. */
  readonly checks?: number;
  /** Name of this execution; of the one that goes on where `next` is `continue`. */
  readonly execution?: string;
  /** Where the machine goes next. */
  readonly next: RunNext;
  readonly reason: string;
  /** Why the machine gave a step up. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

export type RunNext = 'wait' | 'shift' | 'promote' | 'rollBack' | 'continue' | 'done' | 'superseded';

export type RunStart = Pick<RunState, keyof StageRef | 'release' | 'stable' | 'candidate' | 'alarms' | 'steps'>;

export function firstState(start: RunStart, now: number): RunState {
  const at = iso(now);
  const waitSeconds = Math.min(CHECK_SECONDS, Math.max(start.steps[0].seconds, 1));
  const first = { step: 0, startedAt: at, stepStartedAt: at, checks: 0, execution: start.release };
  return { ...start, ...first, waitSeconds, next: 'wait', reason: '' };
}

/** Counts a check that waits on; after so many, another execution of the run has to go on. */
export function counted(state: RunState): RunState {
  const { release, checks = 0, execution = release } = state;
  if (state.next !== 'wait') return state;
  if (checks + 1 < MAX_CHECKS) return { ...state, checks: checks + 1 };
  const part = Number(execution.slice(release.length + 1) || 1) + 1;
  return { ...state, checks: 0, execution: `${release}-${part}`, next: 'continue' };
}

/** Whether the execution is one of the run. */
function isExecutionOf(release: string, name: string): boolean {
  return name.startsWith(release) && /^(-\d+)?$/.test(name.slice(release.length));
}

/** Starts the run; the name makes it a single run, however often it is started. */
export async function startRun(client: MachineClient, machine: string, start: RunStart, now: number): Promise<void> {
  const input = JSON.stringify(firstState(start, now));
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn: machine, name: start.release, input }));
  } catch (error) {
    if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
  }
}

/** Whether an execution of the run goes on. */
export async function isRunning(client: MachineClient, stateMachineArn: string, release: string): Promise<boolean> {
  let nextToken: string | undefined;
  do {
    const command = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', nextToken });
    const page = await client.send(command);
    if (page.executions?.some(({ name = '' }) => isExecutionOf(release, name))) return true;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return false;
}

/** Names of executions are up to 80 letters, digits, `-` and `_`; there is room for the number of one that goes on. */
export function releaseId(candidate: string, unique: string): string {
  return `${candidate}-${unique}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 72);
}
