import { type CanaryConfig, deployedWith, EMPTY_LEDGER, type Ledger, settled, started } from '../../live/ledger';
import { type ReleaseClients, ReleaseControl } from '../../live/release';
import { releaseId, startRun } from '../../live/run';
import { isLeftover, type LiveStage, type StageRef } from '../../live/stage';
import {
  type CustomResourceEvent,
  type CustomResourceHandler,
  type CustomResourceResult,
} from '../shared/custom-resource';
import { type ApplyAttributes } from './contract';
import { configOf, refOf, stableOf, type Target, targetOf } from './properties';

export interface ApplyEnvironment {
  readonly clients: ReleaseClients;
  readonly now: () => number;
}

/** Makes the candidate the canary of the stage, after CloudFormation has updated the stage; takes it off on Delete. */
export function apply(env: ApplyEnvironment): CustomResourceHandler {
  return (event) => (event.RequestType === 'Delete' ? takeOff(env, event) : bring(env, event));
}

async function bring(env: ApplyEnvironment, event: CustomResourceEvent): Promise<CustomResourceResult> {
  const target = targetOf(event.ResourceProperties);
  const config = configOf(event.ResourceProperties);
  const control = controlOf(env, target);
  const ledger = (await control.ledger.read()) ?? EMPTY_LEDGER;
  const owner = ownerOf(event, target);
  // CloudFormation's requests may come twice, and the second time late.
  if (ledger.handled.includes(event.RequestId)) return reply(owner, target, await control.moves.expect());
  const live = await control.moves.expect();
  const isOut = live.stable === target.candidate || ledger.rejected.includes(target.candidate);
  const after = isOut ? await control.moves.remove() : await bringCanary(control, live, target, config, event);
  const release = isOut ? undefined : await startRelease(env, after, { target, config, ledger, live, event });
  const actor = { by: 'deploy', now: env.now() };
  let isLate = false;
  await control.ledger.update((old) => {
    isLate = !isOut && old.rejected.includes(target.candidate);
    const common = {
      ...deployedWith(old, stableOf(event.ResourceProperties)),
      config,
      owner,
      candidate: target.candidate,
      handled: [...old.handled, event.RequestId],
    };
    if (live.stable === target.candidate) return settled(common, live.stable, actor);
    if (isOut || isLate) return { ...common, stable: live.stable, state: 'rejected', percent: undefined };
    const percent = after.canary?.percent ?? config.percent;
    return {
      ...started({ ...common, candidate: old.candidate }, target.candidate, after.stable, percent, actor),
      release,
    };
  }, true);
  // Somebody rolled it back while this was under way.
  return reply(owner, target, isLate ? await control.moves.remove(target.candidate) : after);
}

/** The canary that is live already keeps the share that a release has given it, unless the app asks for another one. */
function bringCanary(
  control: ReleaseControl,
  { stable, canary }: LiveStage,
  { candidate }: Target,
  config: CanaryConfig,
  event: CustomResourceEvent,
): Promise<LiveStage> {
  const before = event.OldResourceProperties;
  const isSame =
    before !== undefined && String(before.PercentTraffic) === String(event.ResourceProperties.PercentTraffic);
  const goesOn = canary?.deployment === candidate && isSame && before?.CandidateDeploymentId === candidate;
  const percent = goesOn ? canary.percent : config.percent;
  return control.moves.start({ candidate, percent, overrides: config.overrides }, { stable });
}

interface Bringing {
  readonly target: Target;
  readonly config: CanaryConfig;
  readonly ledger: Ledger;
  /** Before anything was done. */
  readonly live: LiveStage;
  readonly event: CustomResourceEvent;
}

/** The run that drives the canary: the one that does so already, else a new one. */
async function startRelease(env: ApplyEnvironment, after: LiveStage, at: Bringing): Promise<Ledger['release']> {
  const { config, ledger, live, event } = at;
  const { candidate, ...ref } = at.target;
  const { steps, stateMachineArn, alarms = [] } = config;
  if (!steps || stateMachineArn === undefined) return undefined;
  const isDriven = live.canary?.deployment === candidate && ledger.release?.candidate === candidate;
  if (isDriven) return ledger.release;
  // The same name however often this request is delivered, so that one run is started.
  const release = releaseId(candidate, event.RequestId);
  const run = { ...ref, release, stable: after.stable, candidate, alarms, steps };
  await startRun(env.clients.machines, stateMachineArn, run, env.now());
  return { id: release, candidate };
}

async function takeOff(env: ApplyEnvironment, event: CustomResourceEvent): Promise<CustomResourceResult> {
  const ref = refOf(event.ResourceProperties);
  if (!ref) return {};
  const control = controlOf(env, ref);
  const live = await control.moves.read();
  if (!live?.canary) return {};
  const owner = (await control.ledger.read())?.owner;
  const id = event.PhysicalResourceId ?? '';
  // Another resource speaks for the stage by now (its logical id was changed, or this request comes a second time). A
  // resource whose creation failed has no id of ours, and takes off what it may have begun.
  const isForeign = owner !== undefined && owner !== id && id.startsWith(ownerPrefix(ref));
  if (isForeign) return {};
  try {
    await control.moves.remove();
  } catch (error) {
    if (await control.moves.read()) throw error;
  }
  return {};
}

function controlOf({ clients }: ApplyEnvironment, { restApiId, stageName }: StageRef): ReleaseControl {
  return new ReleaseControl(clients, { restApiId, stageName });
}

const ownerPrefix = ({ restApiId, stageName }: StageRef) => `${restApiId}/${stageName}/`;

/** The stage and the request that created the resource: another stage is another resource. */
function ownerOf({ PhysicalResourceId, RequestId }: CustomResourceEvent, target: Target): string {
  const prefix = ownerPrefix(target);
  return PhysicalResourceId?.startsWith(prefix) ? PhysicalResourceId : `${prefix}${RequestId}`;
}

function reply(physicalResourceId: string, { candidate }: Target, live: LiveStage): CustomResourceResult {
  const isSplit = live.canary !== undefined && !isLeftover(live);
  const data: ApplyAttributes = {
    StableDeploymentId: live.stable,
    CanaryDeploymentId: isSplit ? live.canary.deployment : '',
    State: live.stable === candidate ? 'stable' : isSplit ? 'canary' : 'rejected',
  };
  return { physicalResourceId, data: { ...data } };
}
