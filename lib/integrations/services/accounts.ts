import { type IResource, type Stack, Token } from 'aws-cdk-lib';
import { type Owner } from '../../authoring/errors';

/** Where a resource is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** From the ARN: not every construct that is imported by its ARN has its account and Region. */
export function placeOf({ env }: IResource, arn: string): Place {
  const [, , , region, account, ...name] = arn.split(':');
  if (name.length === 0) return env;
  return { account: account || env.account, region: region || env.region };
}

/** @throws if the resource definitely belongs to another account than the API */
export function refuseOtherAccount(
  resource: IResource,
  arn: string,
  stack: Stack,
  owner: Owner,
  what: string,
  why: string,
): void {
  const { account } = placeOf(resource, arn);
  if ([account, stack.account].some(Token.isUnresolved) || account === stack.account) return;
  throw owner.error(
    `the ${what} "${resource.node.id}" belongs to account ${account}, and the API to ${stack.account}: ${why}`,
  );
}

/** The machine cannot grant permission to a role: Step Functions has no resource policies. */
export function refuseOtherMachine(machine: IResource, arn: string, stack: Stack, owner: Owner): void {
  refuseOtherAccount(
    machine,
    arn,
    stack,
    owner,
    'state machine',
    'AWS Step Functions does not allow another account to start an execution; put an event that starts it on a bus of that account, or call a Lambda function that assumes a role there',
  );
}
