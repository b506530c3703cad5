import { type GatewayClient, isLeftover, type LiveStage, readStage, type StageRef } from '../../live/stage';
import { type CustomResourceHandler } from '../shared/custom-resource';
import { patient, type PatienceOptions } from '../shared/patience';
import { type PlanAttributes } from './contract';
import { onActiveCanaryOf, targetOf } from './properties';
import { type StackClient, stackStatus } from './stack-status';
import { STAGE_CANARY_ATTRIBUTES as ATTRIBUTES } from '../../../lib/facts/own-resources';

export interface PlanClients {
  readonly gateway: GatewayClient;
  readonly stacks: StackClient;
}

/** What tests replace. */
export type PlanClock = Partial<Pick<PatienceOptions, 'now' | 'sleep'>>;

/** Reads what the stage serves, before CloudFormation updates the stage. Writes nothing. */
export function plan({ gateway, stacks }: PlanClients, clock: PlanClock = {}): CustomResourceHandler {
  return async ({ RequestType, ResourceProperties, StackId }, deadline) => {
    if (RequestType === 'Delete') return {};
    const env = patient({ gateway, stacks }, { now: Date.now, ...clock, deadline });
    const { candidate, ...ref } = targetOf(ResourceProperties);
    const onActiveCanary = onActiveCanaryOf(ResourceProperties);
    const live = await readStage(env.gateway, ref);
    if (!live) return { data: { [ATTRIBUTES.stable]: candidate } satisfies PlanAttributes };
    const isNews = candidate !== live.stable && candidate !== live.canary?.deployment;
    const isInTheWay = live.canary !== undefined && isNews && !isLeftover(live);
    // A rollback to a candidate that was taken off by hand looks like a new candidate, and must not fail: only the stack
    // can tell the two apart.
    if (onActiveCanary === 'fail' && isInTheWay && !(await isRollingBack(env.stacks, StackId))) {
      throw new Error(inTheWay(ref, live));
    }
    return { data: { [ATTRIBUTES.stable]: live.stable } satisfies PlanAttributes };
  };
}

async function isRollingBack(client: StackClient, stackId: string): Promise<boolean> {
  return (await stackStatus(client, stackId)).endsWith('ROLLBACK_IN_PROGRESS');
}

function inTheWay({ restApiId, stageName }: StageRef, { canary }: LiveStage): string {
  const command = (name: string) => `apigw canary ${name} ${restApiId} --stage ${stageName}`;
  return (
    `The canary ${canary?.deployment} is live on the stage "${stageName}" with ${canary?.percent} % of the traffic. ` +
    `Promote it (${command('promote')} --deployment ${canary?.deployment}) or roll it back (${command('rollback')}), ` +
    'then deploy again; or set onActiveCanary: OnActiveCanary.REPLACE.'
  );
}
