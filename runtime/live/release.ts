import { GetDeploymentCommand } from '@aws-sdk/client-api-gateway';
import { type Actor, promoted, rejected, retried, shifted, started } from './ledger';
import { ledgerName, LedgerStore, type ParameterClient } from './ledger-store';
import { type Expected, StageMoves } from './moves';
import { Refused } from './refused';
import { type MachineClient, releaseId, startRun } from './run';
import { type GatewayClient, isLeftover, isNotFound, type LiveStage, type StageRef } from './stage';

/** The services that a release is moved through. */
export interface ReleaseClients {
  readonly gateway: GatewayClient;
  readonly parameters: ParameterClient;
  readonly machines: MachineClient;
}

/** How a move ended. */
export interface MoveResult {
  readonly live: LiveStage;
  /** The deployment that was moved; undefined where there was nothing to do. */
  readonly deployment?: string;
  /** Whether the ledger knows; without a ledger, the next deployment may bring a rejected canary back. */
  readonly recorded: boolean;
  /** Whether it finished a promotion instead. */
  readonly isPromotion?: boolean;
}

const DEFAULT_PERCENT = 10;

/**
 * The moves of a release, with the ledger: for the command, the state machine and the custom resource. What decides
 * later (`rejected`) is written before the stage is touched, what only tells (`promoted`) afterwards.
 */
export class ReleaseControl {
  public readonly moves: StageMoves;
  public readonly ledger: LedgerStore;

  constructor(
    private readonly clients: ReleaseClients,
    private readonly ref: StageRef,
  ) {
    this.moves = new StageMoves(clients.gateway, ref);
    this.ledger = new LedgerStore(clients.parameters, ledgerName(ref));
  }

  /** All callers get the candidate, which must be the live canary. */
  public async promote(candidate: string, actor: Actor, expected: Pick<Expected, 'stable'> = {}): Promise<MoveResult> {
    const before = await this.moves.expect();
    const ledger = await this.ledger.read();
    if (before.stable !== candidate && ledger?.rejected.includes(candidate)) {
      throw new Refused(
        `${candidate} was rejected and is being removed. Finish that ("rollback"), or try it again ("retry").`,
      );
    }
    const live = await this.moves.promote(candidate, expected);
    return {
      live,
      deployment: candidate,
      recorded: await this.ledger.update((old) => promoted(old, candidate, actor)),
    };
  }

  /** No caller gets the canary, and no deployment restores it until `retry`. */
  public async rollBack(actor: Actor, expected: Expected = {}): Promise<MoveResult> {
    const live = await this.moves.expect({ stable: expected.stable });
    const canary = live.canary?.deployment;
    if (canary === undefined || isLeftover(live)) return this.tidyUp(live, actor, expected.candidate);
    await this.moves.expect(expected);
    const recorded = await this.ledger.update((old) => rejected(old, canary, live.stable, actor));
    return { live: await this.moves.remove(canary), deployment: canary, recorded };
  }

  /** Rolls back where no traffic is split. */
  private async tidyUp(before: LiveStage, actor: Actor, candidate: string | undefined): Promise<MoveResult> {
    const { stable, canary } = before;
    // Taken off by hand, or by this very call before it was repeated: it must not come back in either case.
    const isBad = candidate !== undefined && candidate !== stable;
    const isRecorded = isBad ? await this.ledger.update((old) => rejected(old, candidate, stable, actor)) : true;
    const live = canary ? await this.moves.remove(canary.deployment) : before;
    if (!canary || isBad) return { live, recorded: isRecorded };
    // One that was cut short: what callers get is not to be rejected.
    let isPromotion = false;
    const recorded = await this.ledger.update((old) => {
      isPromotion = old.stable !== stable;
      return promoted(old, stable, actor);
    });
    return { live, recorded, isPromotion: isPromotion || !recorded };
  }

  /** Gives the canary another share of the traffic. */
  public async shift(percent: number, actor: Actor, expected: Required<Expected>): Promise<LiveStage> {
    const live = await this.moves.shift(percent, expected);
    await this.ledger.update((old) => shifted(old, expected.candidate, percent, actor));
    return live;
  }

  /** Starts the canary of the last deployment once more, from its first step. */
  public async retry(actor: Actor, given: { candidate?: string; percent?: number } = {}): Promise<MoveResult> {
    const ledger = await this.ledger.read();
    const candidate = given.candidate ?? ledger?.candidate;
    if (candidate === undefined) {
      throw new Refused('There is no known deployment to try again: specify one with --deployment.');
    }
    const { stable, canary } = await this.moves.expect();
    if (stable === candidate)
      throw new Refused(`${candidate} is the stable deployment: there is nothing to try again.`);
    if (canary && canary.deployment !== candidate) {
      throw new Refused(`Another canary, ${canary.deployment}, is live. Promote it or roll it back first.`);
    }
    if (!(await this.exists(candidate))) {
      throw new Refused(`The deployment ${candidate} no longer exists: deploy again.`);
    }
    const { steps, stateMachineArn, overrides, alarms = [], percent = DEFAULT_PERCENT } = ledger?.config ?? {};
    const first = given.percent ?? steps?.[0]?.percent ?? percent;
    const isProgressive = given.percent === undefined && stateMachineArn !== undefined && steps !== undefined;
    if (isProgressive && alarms.length === 0) {
      throw new Refused(
        `The ledger has lost the alarms of this stage, so nothing would stop a bad canary. Deploy a change to the stage, or set a percentage and monitor it yourself: --percent ${first}.`,
      );
    }
    const release = isProgressive ? { id: releaseId(candidate, String(actor.now)), candidate } : undefined;
    await this.ledger.update((old) => ({ ...retried(old, candidate, actor), release }));
    const live = await this.moves.start({ candidate, percent: first, overrides }, { stable });
    const recorded = await this.ledger.update((old) => started(old, candidate, stable, first, actor));
    if (isProgressive && release) {
      const run = { ...this.ref, release: release.id, stable, candidate, alarms, steps };
      await startRun(this.clients.machines, stateMachineArn, run, actor.now);
    }
    return { live, deployment: candidate, recorded };
  }

  private async exists(deploymentId: string): Promise<boolean> {
    try {
      await this.clients.gateway.send(new GetDeploymentCommand({ restApiId: this.ref.restApiId, deploymentId }));
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }
}
