import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type GatewayClient, isLeftover, type LiveStage, readStage, type StageRef } from '../../live/stage';
import { type CustomResourceHandler } from '../shared/custom-resource';
import { type PlanAttributes } from './contract';
import { onActiveCanaryOf, targetOf } from './properties';

export type StackClient = Pick<CloudFormationClient, 'send'>;

export interface PlanEnvironment {
  readonly gateway: GatewayClient;
  readonly stacks: StackClient;
}

/** Reads what the stage serves, before CloudFormation updates the stage. Writes nothing. */
export function plan(env: PlanEnvironment): CustomResourceHandler {
  return async ({ RequestType, ResourceProperties, StackId }) => {
    if (RequestType === 'Delete') return {};
    const { candidate, ...ref } = targetOf(ResourceProperties);
    const onActiveCanary = onActiveCanaryOf(ResourceProperties);
    const live = await readStage(env.gateway, ref);
    if (!live) return { data: { StableDeploymentId: candidate } satisfies PlanAttributes };
    const isNews = candidate !== live.stable && candidate !== live.canary?.deployment;
    const isInTheWay = live.canary !== undefined && isNews && !isLeftover(live);
    // A rollback to a candidate that was taken off by hand looks like a new candidate, and must not fail: only the stack
    // can tell the two apart.
    if (onActiveCanary === 'fail' && isInTheWay && !(await isRollingBack(env.stacks, StackId))) {
      throw new Error(inTheWay(ref, live));
    }
    return { data: { StableDeploymentId: live.stable } satisfies PlanAttributes };
  };
}

async function isRollingBack(client: StackClient, StackName: string): Promise<boolean> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Stacks.some(({ StackStatus }) => StackStatus?.endsWith('ROLLBACK_IN_PROGRESS'));
}

function inTheWay({ restApiId, stageName }: StageRef, { canary }: LiveStage): string {
  const command = (name: string) => `apigw canary ${name} ${restApiId} --stage ${stageName}`;
  return (
    `The canary ${canary?.deployment} is live on the stage "${stageName}" with ${canary?.percent} % of the traffic. ` +
    `Promote it (${command('promote')} --deployment ${canary?.deployment}) or roll it back (${command('rollback')}), ` +
    `then deploy again; or say onActiveCanary: OnActiveCanary.REPLACE.`
  );
}
