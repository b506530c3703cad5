import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

export type StackClient = Pick<CloudFormationClient, 'send'>;

/** What CloudFormation is doing with the stack. */
export async function stackStatus(client: StackClient, StackName: string): Promise<string> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Stacks[0]?.StackStatus ?? '';
}
