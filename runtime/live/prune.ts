import {
  DeleteDeploymentCommand,
  type Deployment,
  GetDeploymentsCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import { ledgerName, LedgerStore, type ParameterClient } from './ledger-store';
import { type GatewayClient, isNotFound, liveStage } from './stage';

/** Old deployments of an API, and why the others stay. */
export interface PrunePlan {
  /** Oldest first. */
  readonly doomed: readonly Deployment[];
  readonly kept: readonly { readonly deployment: Deployment; readonly why: string }[];
}

/** DeleteDeployment is limited to one request in five seconds for each account. */
export const DELETE_INTERVAL_MILLIS = 5_000;

const PAGE = 500;

export class Pruner {
  constructor(
    private readonly gateway: GatewayClient,
    private readonly parameters: ParameterClient,
    private readonly restApiId: string,
  ) {}

  /** What would go: deployments that nothing uses, but for the newest `keep` of these. */
  public async plan(keep: number): Promise<PrunePlan> {
    const deployments: Deployment[] = [];
    let position: string | undefined;
    do {
      const command = new GetDeploymentsCommand({ restApiId: this.restApiId, limit: PAGE, position });
      const page = await this.gateway.send(command);
      deployments.push(...(page.items ?? []));
      position = page.position;
    } while (position !== undefined);
    const { used, isComplete } = await this.uses();
    const newestFirst = [...deployments].reverse().sort((a, b) => Number(b.createdDate) - Number(a.createdDate));
    // Without a ledger nothing tells what the stack of the app names: the last deployment, most likely.
    const [last] = newestFirst;
    if (!isComplete && last?.id !== undefined && !used.has(last.id)) used.set(last.id, 'the last one');
    const kept: { deployment: Deployment; why: string }[] = [];
    const doomed: Deployment[] = [];
    let spared = 0;
    for (const deployment of newestFirst) {
      const why = used.get(deployment.id ?? '');
      if (why !== undefined) kept.push({ deployment, why });
      else if (spared++ < keep) kept.push({ deployment, why: `one of the newest ${keep}` });
      else doomed.unshift(deployment);
    }
    return { doomed, kept };
  }

  /** Deletes one, unless something has come to use it since; says whether it is gone. */
  public async delete(deploymentId: string): Promise<boolean> {
    // The service refuses what a stage serves; whether it refuses what only a canary serves is not documented.
    if ((await this.uses()).used.has(deploymentId)) return false;
    try {
      await this.gateway.send(new DeleteDeploymentCommand({ restApiId: this.restApiId, deploymentId }));
    } catch (error) {
      if ((error as Error).name === 'BadRequestException') return false;
      if (!isNotFound(error)) throw error;
    }
    return true;
  }

  /** Id → what uses it; complete where each stage has a ledger. */
  private async uses(): Promise<{ used: Map<string, string>; isComplete: boolean }> {
    const used = new Map<string, string>();
    let isComplete = true;
    const { item = [] } = await this.gateway.send(new GetStagesCommand({ restApiId: this.restApiId }));
    for (const stage of item) {
      const stageName = stage.stageName ?? '';
      const { stable, canary } = liveStage(stage);
      const ref = { restApiId: this.restApiId, stageName };
      const ledger = await new LedgerStore(this.parameters, ledgerName(ref)).read();
      isComplete &&= ledger !== undefined;
      for (const id of ledger?.deployed ?? []) used.set(id, `CloudFormation may roll back to it on ${stageName}`);
      // The stack of the app names it, also where it was rejected: `retry` needs it.
      if (ledger?.candidate) used.set(ledger.candidate, `deployed last to ${stageName}`);
      if (canary) used.set(canary.deployment, `canary of ${stageName}`);
      used.set(stable, `stable on ${stageName}`);
    }
    return { used, isComplete };
  }
}
