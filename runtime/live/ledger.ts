import { CANARY_CONFIG_MAX_BYTES } from '../../lib/facts/quotas';

/** Why a canary came, moved or went. */
export type LedgerAction = 'started' | 'shifted' | 'promoted' | 'rejected' | 'retried' | 'removed' | 'stable';

export interface LedgerEntry {
  /** ISO date, to the second. */
  readonly at: string;
  readonly action: LedgerAction;
  readonly deployment: string;
  readonly percent?: number;
  /** `deploy`, `progressive`, `cli`, and why. */
  readonly by: string;
}

/** One step of a progressive release: so many percent for so many seconds. */
export interface ReleaseStep {
  readonly percent: number;
  readonly seconds: number;
}

/** What the app wants of its canary, as the last deployment said it. */
export interface CanaryConfig {
  readonly percent: number;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly alarms?: readonly string[];
  readonly steps?: readonly ReleaseStep[];
  readonly stateMachineArn?: string;
}

/** A run of the state machine. Its id is the name of the execution. */
export interface Release {
  readonly id: string;
  readonly candidate: string;
}

export type LedgerState = 'stable' | 'canary' | 'rejected' | 'promoted';

/**
 * Information about a stage that the stage itself does not have, in one SSM parameter. The live stage is the truth;
 * only `rejected` has an effect, `release` distinguishes an old run of the state machine from the current one, and the
 * rest is for people.
 */
export interface Ledger {
  readonly stable?: string;
  /** The deployment of the app's template, whether it is a canary or not. */
  readonly candidate?: string;
  readonly percent?: number;
  readonly state?: LedgerState;
  /**
   * The deployments that the stage served at the last deployments of the app, the last one at the end: CloudFormation
   * may roll back to it when an update fails, so it must not be deleted.
   */
  readonly deployed: readonly string[];
  /** When the canary started. */
  readonly since?: string;
  readonly rejected: readonly string[];
  readonly history: readonly LedgerEntry[];
  readonly config?: CanaryConfig;
  readonly release?: Release;
  /** Physical id of the custom resource that speaks for the stage. */
  readonly owner?: string;
  /** Ids of CloudFormation's requests that are done: they may be delivered again. */
  readonly handled: readonly string[];
}

export const EMPTY_LEDGER: Ledger = { rejected: [], deployed: [], history: [], handled: [] };

/**
 * What a standard parameter takes, which costs nothing, and an advanced one.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
const STANDARD_BYTES = 4096;
const ADVANCED_BYTES = 8192;
/** Room for the last events, before a parameter becomes an advanced one. */
const HISTORY_BYTES = 512;
const MAX_HISTORY = 20;
/** Ids are short, and only one that a template still names can come back. */
const MAX_REJECTED = 50;
const MAX_HANDLED = 8;

/** Never throws: a ledger with a broken manual edit must not stop a release. */
export function parseLedger(text: string | undefined): Ledger {
  try {
    const value: unknown = JSON.parse(text || '{}');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return EMPTY_LEDGER;
    const given = value as Partial<Ledger>;
    const list = <T>(items: unknown): readonly T[] => (Array.isArray(items) ? items : []);
    return {
      ...given,
      rejected: list<unknown>(given.rejected).filter((id): id is string => typeof id === 'string'),
      deployed: list<string>(given.deployed),
      history: list<LedgerEntry>(given.history),
      handled: list<string>(given.handled),
    };
  } catch {
    return EMPTY_LEDGER;
  }
}

/**
 * The text for the parameter; the oldest history goes where it would be too long, and nothing else.
 * @throws where the rest alone is too long
 */
export function printLedger(ledger: Ledger): string {
  let kept: Ledger = {
    ...ledger,
    rejected: ledger.rejected.slice(-MAX_REJECTED),
    history: ledger.history.slice(-MAX_HISTORY),
    handled: ledger.handled.slice(-MAX_HANDLED),
  };
  const rest = bytesOf({ ...kept, history: [] });
  if (rest > ADVANCED_BYTES) {
    throw new Error(
      `The ledger of the stage would have ${rest} bytes, but a parameter can hold only ${ADVANCED_BYTES}.`,
    );
  }
  const room = rest + HISTORY_BYTES > STANDARD_BYTES ? ADVANCED_BYTES : STANDARD_BYTES;
  while (bytesOf(kept) > room) kept = { ...kept, history: kept.history.slice(1) };
  return textOf(kept);
}

/**
 * JSON in which no two braces open one after the other: Parameter Store refuses values with `{{…}}`, which names of alarms
 * and their reasons may have.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
const textOf = (value: unknown): string => JSON.stringify(value).replace(/\{(?=\{)/g, '\\u007b');

const bytesOf = (value: unknown): number => Buffer.byteLength(textOf(value));

/** @throws where the ledger has no room for what the app wants of its canary: said before anything is live */
export function checkRoom(config: CanaryConfig): void {
  const bytes = bytesOf(config);
  if (bytes <= CANARY_CONFIG_MAX_BYTES) return;
  throw new Error(
    `The stage variables, alarms and steps of the canary have ${bytes} bytes as JSON, but its ledger has room for ` +
      `only ${CANARY_CONFIG_MAX_BYTES}. Nothing was changed: use fewer stage variables, or alarms with shorter names.`,
  );
}

/** Who does it, and when. */
export interface Actor {
  readonly by: string;
  readonly now: number;
}

export function entry(action: LedgerAction, deployment: string, actor: Actor, percent?: number): LedgerEntry {
  return { at: iso(actor.now), action, deployment, ...(percent !== undefined && { percent }), by: actor.by };
}

export function iso(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}

function noted(ledger: Ledger, one: LedgerEntry): readonly LedgerEntry[] {
  const last = ledger.history.at(-1);
  const same = last && last.action === one.action && last.deployment === one.deployment && last.percent === one.percent;
  // Written again after a crash, it is still one event.
  return same ? ledger.history : [...ledger.history, one];
}

export function started(ledger: Ledger, candidate: string, stable: string, percent: number, actor: Actor): Ledger {
  const goesOn = ledger.state === 'canary' && ledger.candidate === candidate && ledger.since !== undefined;
  return {
    ...ledger,
    stable,
    candidate,
    percent,
    state: 'canary',
    since: goesOn ? ledger.since : iso(actor.now),
    history: goesOn ? ledger.history : noted(ledger, entry('started', candidate, actor, percent)),
  };
}

export function shifted(ledger: Ledger, candidate: string, percent: number, actor: Actor): Ledger {
  return { ...ledger, percent, history: noted(ledger, entry('shifted', candidate, actor, percent)) };
}

/** One that callers had before was not promoted: the console makes canaries of what the stage serves. */
export function promoted(ledger: Ledger, candidate: string, actor: Actor): Ledger {
  if (ledger.stable === candidate) return ledger;
  return {
    ...withoutCanary(ledger),
    stable: candidate,
    state: 'promoted',
    history: noted(ledger, entry('promoted', candidate, actor)),
  };
}

/** Written before the canary is removed: after a crash in between, the next deployment must not restore it. */
export function rejected(ledger: Ledger, candidate: string, stable: string, actor: Actor): Ledger {
  return {
    ...withoutCanary(ledger),
    stable,
    state: 'rejected',
    rejected: [...ledger.rejected.filter((id) => id !== candidate), candidate],
    history: noted(ledger, entry('rejected', candidate, actor)),
  };
}

export function retried(ledger: Ledger, candidate: string, actor: Actor): Ledger {
  return {
    ...ledger,
    candidate,
    rejected: ledger.rejected.filter((id) => id !== candidate),
    history: noted(ledger, entry('retried', candidate, actor)),
  };
}

/** The deployment of the template is what the stage serves. */
export function settled(ledger: Ledger, stable: string, actor: Actor): Ledger {
  const news = ledger.stable === stable ? ledger.history : noted(ledger, entry('stable', stable, actor));
  const state = ledger.state === 'promoted' && ledger.stable === stable ? 'promoted' : 'stable';
  return { ...withoutCanary(ledger), stable, candidate: stable, state, history: news };
}

/** An update that fails goes back by one; one more, since it may fail while it goes back. */
const MAX_DEPLOYED = 3;

export function deployedWith(ledger: Ledger, stable: string): Ledger {
  return { ...ledger, deployed: [...ledger.deployed.filter((id) => id !== stable), stable].slice(-MAX_DEPLOYED) };
}

function withoutCanary(ledger: Ledger): Ledger {
  return { ...ledger, percent: undefined, since: undefined, release: undefined };
}
