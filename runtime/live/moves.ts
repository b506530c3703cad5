import { type PatchOperation, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { Refused, Superseded } from './refused';
import { type GatewayClient, isLeftover, type LiveStage, liveStage, readStage, type StageRef } from './stage';

/** What the caller believes of the stage; each move reads it again right before it writes. */
export interface Expected {
  readonly stable?: string;
  readonly candidate?: string;
  readonly percent?: number;
}

/** A canary as it shall be. */
export interface WantedCanary {
  readonly candidate: string;
  readonly percent: number;
  readonly overrides?: Readonly<Record<string, string>>;
}

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

/** API Gateway rejects `add` for canaries, so `replace` also creates a canary. */
function startPatch({ candidate, percent, overrides = {} }: WantedCanary): PatchOperation[] {
  return [
    replace('/canarySettings/deploymentId', candidate),
    replace('/canarySettings/percentTraffic', String(percent)),
    ...Object.entries(overrides).map(([name, value]) =>
      replace(`/canarySettings/stageVariableOverrides/${name}`, value),
    ),
  ];
}

/** One request: callers get the candidate, or nothing has changed. */
const PROMOTE: PatchOperation[] = [
  replace('/canarySettings/percentTraffic', '0.0'),
  { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
  { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
];
const REMOVE: PatchOperation[] = [{ op: 'remove', path: '/canarySettings' }];

/** The writes to a live stage. Each is safe to repeat, and none ever leaves the stage without a deployment. */
export class StageMoves {
  constructor(
    private readonly client: GatewayClient,
    private readonly ref: StageRef,
  ) {}

  public read(): Promise<LiveStage | undefined> {
    return readStage(this.client, this.ref);
  }

  /** The stage, which must be there and be as expected. */
  public async expect(expected: Expected = {}): Promise<LiveStage> {
    const live = await this.read();
    if (!live) throw new Refused(`The REST API ${this.ref.restApiId} has no stage "${this.ref.stageName}".`);
    check(live, expected);
    return live;
  }

  /** Starts the canary, or makes the one that is there the one that is wanted. */
  public async start(wanted: WantedCanary, expected: Pick<Expected, 'stable'> = {}): Promise<LiveStage> {
    const live = await this.expect(expected);
    if (live.stable === wanted.candidate) {
      throw new Refused(`${wanted.candidate} is already the stable deployment: there is no traffic to split.`);
    }
    if (isAsWanted(live, wanted)) return live;
    const unwanted = Object.keys(live.canary?.overrides ?? {}).some(
      (name) => !Object.hasOwn(wanted.overrides ?? {}, name),
    );
    // A single override cannot be taken away: only the whole canary can.
    if (unwanted) await this.patch(REMOVE);
    await this.patch(startPatch(wanted));
    return this.verified(`the canary ${wanted.candidate} at ${wanted.percent} %`, (now) => isAsWanted(now, wanted));
  }

  /** Gives the canary another share of the traffic. */
  public async shift(percent: number, expected: Required<Expected>): Promise<LiveStage> {
    const { stable, candidate } = expected;
    const live = await this.expect({ stable, candidate });
    if (live.canary?.percent === percent) return live;
    check(live, expected);
    await this.patch([replace('/canarySettings/percentTraffic', String(percent))]);
    return this.verified(`${percent} % for the canary ${candidate}`, ({ canary }) => canary?.percent === percent);
  }

  /** Makes the canary the stable deployment, then takes the canary off. */
  public async promote(candidate: string, expected: Pick<Expected, 'stable'> = {}): Promise<LiveStage> {
    const before = await this.expect();
    if (before.stable !== candidate) {
      check(before, { ...expected, candidate });
      const after = liveStage(await this.patch(PROMOTE));
      if (after.stable !== candidate) {
        // The canary was changed between reading and writing: say what callers get now, and touch nothing more.
        throw new Error(
          `The canary was changed in the meantime: the stage now serves ${after.stable}, not ${candidate}. It served ` +
            `${before.stable} before.`,
        );
      }
      await this.verified(`${candidate} as the stable deployment`, ({ stable }) => stable === candidate);
    }
    const promoted = await this.expect({ stable: candidate });
    return isLeftover(promoted) ? this.remove(candidate) : promoted;
  }

  /** Has the stage serve another deployment than the one that it serves now. */
  public async point(deployment: string, instead: string): Promise<LiveStage> {
    await this.expect({ stable: instead });
    await this.patch([replace('/deploymentId', deployment)]);
    return this.verified(`${deployment} as the stable deployment`, ({ stable }) => stable === deployment);
  }

  /** Takes the canary off, if it is the given one; without one, whichever is there. */
  public async remove(candidate?: string): Promise<LiveStage> {
    const live = await this.expect();
    if (!live.canary || (candidate !== undefined && live.canary.deployment !== candidate)) return live;
    try {
      await this.patch(REMOVE);
    } catch (error) {
      // Refused because somebody else was faster, which the reading back shows.
      if ((error as Error).name !== 'BadRequestException') throw error;
    }
    return this.verified('the stage without a canary', ({ canary }) => !canary);
  }

  private patch(patchOperations: PatchOperation[]) {
    return this.client.send(new UpdateStageCommand({ ...this.ref, patchOperations }));
  }

  /** Reads back: what the service took is not always what it shows. */
  private async verified(what: string, holds: (live: LiveStage) => boolean): Promise<LiveStage> {
    const live = await this.expect();
    if (holds(live)) return live;
    throw new Error(
      `API Gateway accepted ${what}, but the stage shows ${live.stable} as stable and ${canaryText(live)} as canary.`,
    );
  }
}

function check(live: LiveStage, { stable, candidate, percent }: Expected): void {
  if (stable !== undefined && live.stable !== stable) {
    throw new Superseded(`The stable deployment is now ${live.stable}, not ${stable}.`);
  }
  if (candidate !== undefined && live.canary?.deployment !== candidate) {
    throw new Superseded(`The canary is ${canaryText(live)}, not ${candidate}.`);
  }
  if (percent !== undefined && live.canary?.percent !== percent) {
    throw new Superseded(`The canary gets ${live.canary?.percent ?? 0} % of the traffic now, not ${percent} %.`);
  }
}

function isAsWanted({ canary }: LiveStage, { candidate, percent, overrides = {} }: WantedCanary): boolean {
  if (canary?.deployment !== candidate || canary.percent !== percent) return false;
  const names = Object.keys(overrides);
  return (
    names.length === Object.keys(canary.overrides).length &&
    names.every((name) => canary.overrides[name] === overrides[name])
  );
}

export function canaryText({ canary }: LiveStage): string {
  return canary ? `${canary.deployment} (${canary.percent} %)` : 'none';
}
