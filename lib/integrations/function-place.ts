import { type Stack, Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { partitionOf } from '../facts/partitions';
import { type Owner } from '../authoring/errors';

/** A function that an API calls. */
export interface FunctionTarget {
  /** The Region of the call: that of the function. */
  readonly region: string;
  readonly arn: string;
}

/** The Region of a function for the URI of an integration: that of the function, not of the API. */
export function regionOf(fn: IFunction, stack: Stack): string {
  const { region } = fn.env;
  return Token.isUnresolved(region) ? stack.region : region;
}

/** Whether a function is known to be in another Region than the API. */
export function isInOtherRegion(fn: IFunction, stack: Stack): boolean {
  return differ(fn.env.region, stack.region);
}

/** Whether a function is known to belong to another account than the API. */
export function isOfOtherAccount(fn: IFunction, stack: Stack): boolean {
  return differ(fn.env.account, stack.account);
}

/** @throws if the function is in another partition, which an API cannot call */
export function refuseOtherPartition(fn: IFunction, stack: Stack, owner: Owner): void {
  if (!isInOtherRegion(fn, stack) || partitionOf(fn.env.region) === partitionOf(stack.region)) return;
  throw owner.error(
    `the function "${fn.node.path}" is in ${fn.env.region}, and the API in ${stack.region}, which is another AWS partition; ` +
      'create the function in the Region of the API',
  );
}

/** @throws if the function is in another Region, which HTTP and WebSocket APIs do not call */
export function refuseOtherRegion(fn: IFunction, stack: Stack, kind: Exclude<GatewayKind, 'rest'>, owner: Owner): void {
  if (!isInOtherRegion(fn, stack)) return;
  throw owner.error(
    `the function "${fn.node.path}" is in ${fn.env.region}, and the API in ${stack.region}; ${KINDS[kind].name} APIs call only functions in their own ` +
      'Region: create the function there as well, or use RestGateway, which calls functions in other Regions with a role',
  );
}

const differ = (one: string, other: string): boolean => ![one, other].some(Token.isUnresolved) && one !== other;
