import { GetDeploymentsCommand } from '@aws-sdk/client-api-gateway';
import { type AlarmReading, readAlarms } from '../live/alarms';
import { type Health, readHealth } from '../live/health';
import { type Ledger, type Release } from '../live/ledger';
import { ledgerName, LedgerStore } from '../live/ledger-store';
import { Refused } from '../live/refused';
import { isRunning } from '../live/run';
import { isLeftover, type LiveStage, readStage } from '../live/stage';
import { type AwsClients } from './aws';
import { type Unknown } from './deployed-compare';
import { type FoundStage } from './find-stage';
import { type LiveIo } from './live-io';

/** Everything that is reported about a release, as `--json` writes it. */
export interface CanaryStatus {
  readonly api: { readonly id: string; readonly name: string };
  readonly stage: string;
  readonly state: 'stable' | 'canary' | 'promotion unfinished' | 'rejected' | 'rollback unfinished';
  readonly stable: DeploymentStatus;
  readonly canary?: DeploymentStatus & {
    readonly percent: number;
    readonly since?: string;
    readonly ageSeconds?: number;
  };
  /** Whether a run of the state machine moves the canary, as Step Functions tells. */
  readonly progressive: boolean;
  /** The state of the run in the ledger: if it has ended, nothing monitors the canary. */
  readonly run?: { readonly state: 'running' | 'ended' | 'unknown'; readonly reason?: string };
  /** The state in CloudWatch, `MISSING` if there is no such alarm, `UNKNOWN` if CloudWatch does not return it. */
  readonly alarms: readonly { readonly name: string; readonly state: string; readonly reason?: string }[];
  readonly health: Health;
  /** How far back the health looks. */
  readonly windowSeconds: number;
  readonly rejected: readonly string[];
  /** What the stage shows otherwise than the last release left it. */
  readonly drift: readonly string[];
  readonly history: Ledger['history'];
  /** What a service did not tell, e.g. since this caller may not ask it. */
  readonly unknown: readonly Unknown[];
}

interface DeploymentStatus {
  readonly deployment: string;
  readonly created?: string;
  readonly description?: string;
}

/** The log of at most one hour: a query costs by what it reads. */
const MAX_WINDOW_MILLIS = 3_600_000;

export async function readStatus(clients: AwsClients, at: FoundStage, io: LiveIo): Promise<CanaryStatus> {
  const ref = { restApiId: at.restApiId, stageName: at.stageName };
  const live = await readStage(clients.gateway, ref);
  if (!live) throw new Refused(`The API "${at.apiName}" (${at.restApiId}) has no stage "${at.stageName}".`);
  const unknown: Unknown[] = [];
  const told = async <T>(what: string, read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read;
    } catch (error) {
      unknown.push({ what, reason: reasonOf(error) });
      return undefined;
    }
  };
  const store = new LedgerStore(clients.parameters, ledgerName(ref));
  const ledger = await told('alarms, rejected deployments and earlier actions (the ledger)', store.read());
  const deployments = await told('when the deployments were created', deploymentsOf(clients, at.restApiId));
  const started = ledger?.since !== undefined && live.canary ? Date.parse(ledger.since) : undefined;
  const now = io.now();
  const fromMillis = Math.max(started ?? 0, now - MAX_WINDOW_MILLIS);
  const run = live.canary && ledger?.release && (await runOf(clients, ledger, ledger.release));
  const names = ledger?.config?.alarms ?? [];
  const alarms: readonly AlarmReading[] = await readAlarms(clients.alarms, names).catch((error: unknown) =>
    names.map((name) => ({ name, state: 'UNKNOWN', reason: reasonOf(error) })),
  );
  return {
    api: { id: at.restApiId, name: at.apiName },
    stage: at.stageName,
    state: stateOf(live, ledger),
    stable: { deployment: live.stable, ...deployments?.get(live.stable) },
    ...(live.canary && {
      canary: {
        deployment: live.canary.deployment,
        ...deployments?.get(live.canary.deployment),
        percent: live.canary.percent,
        ...(started !== undefined && { since: ledger?.since, ageSeconds: Math.round((now - started) / 1000) }),
      },
    }),
    progressive: run?.state === 'running',
    ...(run && { run }),
    alarms: alarms.map(({ name, state, reason }) => ({ name, state, reason })),
    health: await readHealth(clients.logs, live, { fromMillis, toMillis: now }, io.sleep).catch((error: unknown) => ({
      unknown: reasonOf(error),
    })),
    windowSeconds: Math.round((now - fromMillis) / 1000),
    rejected: ledger?.rejected ?? [],
    drift: driftOf(live, ledger),
    history: ledger?.history ?? [],
    unknown,
  };
}

/** A user who may read stages may lack other permissions, but must still see the stage. */
function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return name === 'Error' ? message.replace(/\.$/, '') : `${name}: ${message}`;
}

async function runOf(
  { machines }: AwsClients,
  { config }: Ledger,
  { id }: Release,
): Promise<NonNullable<CanaryStatus['run']>> {
  if (config?.stateMachineArn === undefined) return { state: 'unknown', reason: 'the ledger has no state machine' };
  try {
    return { state: (await isRunning(machines, config.stateMachineArn, id)) ? 'running' : 'ended' };
  } catch (error) {
    return { state: 'unknown', reason: reasonOf(error) };
  }
}

function stateOf(live: LiveStage, ledger: Ledger | undefined): CanaryStatus['state'] {
  if (isLeftover(live)) return 'promotion unfinished';
  if (live.canary) return ledger?.rejected.includes(live.canary.deployment) ? 'rollback unfinished' : 'canary';
  const candidate = ledger?.candidate;
  return candidate !== undefined && candidate !== live.stable && ledger?.rejected.includes(candidate)
    ? 'rejected'
    : 'stable';
}

/** The live stage is the truth: this says what has changed it without the ledger. */
export function driftOf(live: LiveStage, ledger: Ledger | undefined): string[] {
  if (!ledger) return [];
  const drift: string[] = [];
  if (ledger.stable !== undefined && ledger.stable !== live.stable) {
    const back = ledger.history.some(({ action, deployment }) => action === 'promoted' && deployment === ledger.stable);
    const how = back ? 'the promotion was undone, by a stack rollback or manually' : 'it was changed manually';
    drift.push(`The stage serves ${live.stable}, and the last release left ${ledger.stable}: ${how}.`);
  }
  if (ledger.state === 'canary' && !live.canary && ledger.candidate !== live.stable) {
    drift.push(`The canary ${ledger.candidate} was removed manually; the next deployment restores it.`);
  }
  if (live.canary && !isLeftover(live) && live.canary.deployment !== ledger.candidate) {
    drift.push(`The canary ${live.canary.deployment} was not started by the app, whose canary is ${ledger.candidate}.`);
  }
  const percent = live.canary?.percent;
  if (
    ledger.state === 'canary' &&
    ledger.percent !== undefined &&
    percent !== undefined &&
    ledger.percent !== percent
  ) {
    drift.push(`The canary gets ${percent} % of the traffic, and the last release left ${ledger.percent} %.`);
  }
  return drift;
}

async function deploymentsOf(
  { gateway }: AwsClients,
  restApiId: string,
): Promise<Map<string, Omit<DeploymentStatus, 'deployment'>>> {
  const all = new Map<string, Omit<DeploymentStatus, 'deployment'>>();
  let position: string | undefined;
  do {
    const page = await gateway.send(new GetDeploymentsCommand({ restApiId, limit: 500, position }));
    for (const { id, createdDate, description } of page.items ?? []) {
      all.set(id ?? '', { created: createdDate?.toISOString(), ...(description && { description }) });
    }
    position = page.position;
  } while (position !== undefined);
  return all;
}
