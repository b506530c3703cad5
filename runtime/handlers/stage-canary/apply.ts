import {
  type CanaryConfig,
  checkRoom,
  deployedWith,
  EMPTY_LEDGER,
  type Ledger,
  settled,
  started,
} from '../../live/ledger';
import { type ReleaseControl } from '../../live/release';
import { releaseId, startRun } from '../../live/run';
import { isLeftover, type LiveStage } from '../../live/stage';
import {
  type CustomResourceEvent,
  type CustomResourceHandler,
  type CustomResourceResult,
} from '../shared/custom-resource';
import { patient } from '../shared/patience';
import { type ApplyEnvironment, controlOf, ownerPrefix } from './apply-environment';
import { type ApplyAttributes } from './contract';
import { configOf, stableOf, type Target, targetOf } from './properties';
import { takeOff } from './take-off';
import {
  STAGE_CANARY_ATTRIBUTES as ATTRIBUTES,
  STAGE_CANARY_PROPERTIES as PROPERTIES,
} from '../../../lib/facts/own-resources';

/** Makes the candidate the canary of the stage, after CloudFormation has updated the stage; removes it on Delete. */
export function apply(env: ApplyEnvironment): CustomResourceHandler {
  return (event, deadline) => {
    const { gateway, parameters, machines, stacks } = env.clients;
    const clients = patient({ gateway, parameters, machines, stacks }, { ...env, deadline });
    const work = event.RequestType === 'Delete' ? takeOff : bring;
    return work({ ...env, clients }, event);
  };
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
  checkRoom(config);
  const isOut = live.stable === target.candidate || ledger.rejected.includes(target.candidate);
  // Before the canary is live: what the ledger does not take must fail here.
  if (!isOut) await control.ledger.update((old) => ({ ...old, config }), true);
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

/** A canary that is already live keeps the percentage that a release has set, unless the app sets another one. */
function bringCanary(
  control: ReleaseControl,
  { stable, canary }: LiveStage,
  { candidate }: Target,
  config: CanaryConfig,
  event: CustomResourceEvent,
): Promise<LiveStage> {
  const before = event.OldResourceProperties;
  const isSame =
    before !== undefined && String(before[PROPERTIES.percent]) === String(event.ResourceProperties[PROPERTIES.percent]);
  const goesOn = canary?.deployment === candidate && isSame && before?.[PROPERTIES.candidate] === candidate;
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

/** The stage and the request that created the resource: another stage is another resource. */
function ownerOf({ PhysicalResourceId, RequestId }: CustomResourceEvent, target: Target): string {
  const prefix = ownerPrefix(target);
  return PhysicalResourceId?.startsWith(prefix) ? PhysicalResourceId : `${prefix}${RequestId}`;
}

function reply(physicalResourceId: string, { candidate }: Target, live: LiveStage): CustomResourceResult {
  const isSplit = live.canary !== undefined && !isLeftover(live);
  const data: ApplyAttributes = {
    [ATTRIBUTES.stable]: live.stable,
    [ATTRIBUTES.canary]: isSplit ? live.canary.deployment : '',
    [ATTRIBUTES.state]: live.stable === candidate ? 'stable' : isSplit ? 'canary' : 'rejected',
  };
  return { physicalResourceId, data: { ...data } };
}
