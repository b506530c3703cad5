import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { iso, type ReleaseStep } from './ledger';
import { type StageRef } from './stage';

export type MachineClient = Pick<SFNClient, 'send'>;

/** How often alarms are looked at while a step bakes: an alarm must not wait for the end of the step. */
export const CHECK_SECONDS = 60;

/** What a run of the state machine carries from state to state: all that it believes, so that it can see when it is old. */
export interface RunState extends StageRef {
  /** Name of the execution, which the ledger names as long as the run is the current one. */
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
  /** `wait`, `shift`, `promote`, `rollBack`, `done` or `superseded`: where the machine goes next. */
  readonly next: RunNext;
  readonly reason: string;
  /** Why the machine gave a step up. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

export type RunNext = 'wait' | 'shift' | 'promote' | 'rollBack' | 'done' | 'superseded';

export type RunStart = Pick<RunState, keyof StageRef | 'release' | 'stable' | 'candidate' | 'alarms' | 'steps'>;

export function firstState(start: RunStart, now: number): RunState {
  const at = iso(now);
  const waitSeconds = Math.min(CHECK_SECONDS, Math.max(start.steps[0].seconds, 1));
  return { ...start, step: 0, startedAt: at, stepStartedAt: at, waitSeconds, next: 'wait', reason: '' };
}

/** Starts the run; the name makes it one run, however often it is asked for. */
export async function startRun(client: MachineClient, machine: string, start: RunStart, now: number): Promise<void> {
  const input = JSON.stringify(firstState(start, now));
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn: machine, name: start.release, input }));
  } catch (error) {
    if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
  }
}

/** Names of executions are up to 80 letters, digits, `-` and `_`. */
export function releaseId(candidate: string, unique: string): string {
  return `${candidate}-${unique}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 80);
}
