import { type APIGatewayClient, GetStageCommand, type Stage } from '@aws-sdk/client-api-gateway';

/** A client of API Gateway, or what plays one. */
export type GatewayClient = Pick<APIGatewayClient, 'send'>;

/** Which stage. */
export interface StageRef {
  readonly restApiId: string;
  readonly stageName: string;
}

/** What a stage serves right now. */
export interface LiveStage {
  /** The deployment that callers get. */
  readonly stable: string;
  /** The second deployment, and how many callers get it. */
  readonly canary?: LiveCanary;
  readonly variables: Readonly<Record<string, string>>;
  /** Name of the group that access logs go to; those of the canary go to `<group>/Canary`. */
  readonly accessLogGroup?: string;
  readonly accessLogFormat?: string;
  readonly lastUpdated?: Date;
}

export interface LiveCanary {
  readonly deployment: string;
  readonly percent: number;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The current stage, or undefined if there is none (the API may be gone as well). */
export async function readStage(client: GatewayClient, ref: StageRef): Promise<LiveStage | undefined> {
  try {
    return liveStage(await client.send(new GetStageCommand({ ...ref })));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

export function liveStage(stage: Stage): LiveStage {
  const { deploymentId, canarySettings, variables, accessLogSettings, lastUpdatedDate } = stage;
  if (!deploymentId) throw new Error(`API Gateway shows no deployment for the stage "${stage.stageName}".`);
  return {
    stable: deploymentId,
    ...(canarySettings && {
      canary: {
        // A canary that was made by its percentage alone serves the stage's own deployment.
        deployment: canarySettings.deploymentId ?? deploymentId,
        percent: canarySettings.percentTraffic ?? 0,
        overrides: canarySettings.stageVariableOverrides ?? {},
      },
    }),
    variables: variables ?? {},
    accessLogGroup: /:log-group:([^:]+)/.exec(accessLogSettings?.destinationArn ?? '')?.[1],
    accessLogFormat: accessLogSettings?.format,
    lastUpdated: lastUpdatedDate,
  };
}

/** A canary that splits nothing: what a promotion leaves behind between its two requests. */
export function isLeftover(live: LiveStage): boolean {
  return live.canary?.deployment === live.stable;
}

export function isNotFound(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'NotFoundException';
}
