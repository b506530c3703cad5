import { type Ledger } from '../../live/ledger';
import { type LiveStage, type StageRef } from '../../live/stage';
import { type CustomResourceEvent, type CustomResourceResult } from '../shared/custom-resource';
import { type ApplyEnvironment, controlOf, ownerPrefix } from './apply-environment';
import { refOf } from './properties';
import { stackStatus } from './stack-status';
import { STAGE_CANARY_PROPERTIES } from '../../../lib/facts/own-resources';

/** Removes the canary, and the deployment that its removal from the app has given to all callers too early. */
export async function takeOff(env: ApplyEnvironment, event: CustomResourceEvent): Promise<CustomResourceResult> {
  const ref = refOf(event.ResourceProperties);
  if (!ref) return {};
  const control = controlOf(env, ref);
  const live = await control.moves.read();
  if (!live) return {};
  const ledger = await control.ledger.read();
  const owner = ledger?.owner;
  const id = event.PhysicalResourceId ?? '';
  // Another resource speaks for the stage by now (its logical id was changed, or this request comes a second time). A
  // resource whose creation failed has no id of ours, and takes off what it may have begun.
  const isForeign = owner !== undefined && owner !== id && id.startsWith(ownerPrefix(ref));
  if (isForeign) return {};
  const candidate = event.ResourceProperties[STAGE_CANARY_PROPERTIES.candidate];
  const isUnpromoted = ledger !== undefined && isSkipped(live, ledger, candidate);
  // Where the whole stack goes, it does not matter what the stage serves.
  const isTakenOut = isUnpromoted && (await stackStatus(env.clients.stacks, event.StackId)) === CLEANING_UP;
  const isRepeated = ledger?.handled.includes(event.RequestId) === true;
  const isSame = live.stable === candidate;
  try {
    if (isTakenOut) {
      const stable = isSame ? ledger.stable : live.stable;
      // First, so that this request tells it also where it has to be repeated, and the next one does not.
      await control.ledger.update((old) => ({ ...old, stable, handled: [...old.handled, event.RequestId] }));
      if (isSame) await control.moves.point(ledger.stable!, live.stable);
    }
    await control.moves.remove();
  } catch (error) {
    if (await control.moves.read()) throw error;
  }
  if (isTakenOut || isRepeated) throw new Error(takenOut(ref, candidate, (await control.moves.expect()).stable));
  return {};
}

const CLEANING_UP = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';

/**
 * Whether the stage went past what it served, though the candidate was rolled back or is still being tried. A canary of
 * 0 % is one that was promoted in the console.
 */
function isSkipped({ stable, canary }: LiveStage, ledger: Ledger, candidate: unknown): boolean {
  if (ledger.stable === undefined || ledger.stable === candidate || ledger.stable === stable) return false;
  // Its state tells only what was done last, perhaps to another deployment.
  const isRejected = ledger.rejected.some((id) => id === candidate);
  const isTried = canary !== undefined && canary.deployment === candidate && canary.percent > 0;
  return isRejected || isTried;
}

/** Reported as a failure, because no one reads the success of a clean-up. CloudFormation retries once, and is done. */
function takenOut({ restApiId, stageName }: StageRef, candidate: unknown, stable: string): string {
  return (
    `The canary was removed from the stage "${stageName}" of ${restApiId} before ${candidate} was promoted. All ` +
    `callers get ${stable} now. If that is the deployment that was rolled back, deploy the version before it; if it ` +
    `is the previous deployment, deploy a fixed version: a change to the stage alone may bring ${candidate} back.`
  );
}
