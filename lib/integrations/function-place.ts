import { type Stack, Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { partitionOf } from '../facts/partitions';
import { type Owner } from '../authoring/errors';

/** A function as an API calls it. */
export interface FunctionTarget {
  /** The Region that the call goes to: that of the function. */
  readonly region: string;
  readonly arn: string;
}

/** The Region of a function, as the URI of an integration names it: where the function is, and not where the API is. */
export function regionOf(fn: IFunction, stack: Stack): string {
  const { region } = fn.env;
  return Token.isUnresolved(region) ? stack.region : region;
}

/** Whether a function is known to be in another Region than the API. */
export function isInOtherRegion(fn: IFunction, stack: Stack): boolean {
  return differ(fn.env.region, stack.region);
}

/** Whether a function is known to be of another account than the API. */
export function isOfOtherAccount(fn: IFunction, stack: Stack): boolean {
  return differ(fn.env.account, stack.account);
}

/** @throws where the function is in another partition, which nothing reaches */
export function refuseOtherPartition(fn: IFunction, stack: Stack, owner: Owner): void {
  if (!isInOtherRegion(fn, stack) || partitionOf(fn.env.region) === partitionOf(stack.region)) return;
  throw owner.error(
    `the function "${fn.node.path}" is in ${fn.env.region}, and the API in ${stack.region}, which is another partition of AWS; ` +
      'make the function in the Region of the API',
  );
}

/** @throws where the function is in another Region, which HTTP and WebSocket APIs do not call */
export function refuseOtherRegion(fn: IFunction, stack: Stack, kind: Exclude<GatewayKind, 'rest'>, owner: Owner): void {
  if (!isInOtherRegion(fn, stack)) return;
  throw owner.error(
    `the function "${fn.node.path}" is in ${fn.env.region}, and the API in ${stack.region}; ${KINDS[kind].name} APIs call functions of their own ` +
      'Region: make the function there as well, or take a RestGateway, which calls functions of other Regions with a role',
  );
}

const differ = (one: string, other: string): boolean => ![one, other].some(Token.isUnresolved) && one !== other;
