import { type IResource, type Stack, Token } from 'aws-cdk-lib';
import { type Owner } from '../../authoring/errors';

/** Where a resource is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What the ARN says: not every construct that is imported by its ARN tells account and Region of it. */
export function placeOf({ env }: IResource, arn: string): Place {
  const [, , , region, account, ...name] = arn.split(':');
  if (name.length === 0) return env;
  return { account: account || env.account, region: region || env.region };
}

/** @throws where the resource is of another account than the API for sure */
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
    `the ${what} "${resource.node.id}" is of account ${account}, and the API of ${stack.account}: ${why}`,
  );
}

/** A role cannot be permitted by the machine: Step Functions has no policies of resources. */
export function refuseOtherMachine(machine: IResource, arn: string, stack: Stack, owner: Owner): void {
  refuseOtherAccount(
    machine,
    arn,
    stack,
    owner,
    'state machine',
    'AWS Step Functions lets no other account start an execution; put an event on a bus of that account which starts it, or call a Lambda function that takes on a role there',
  );
}
