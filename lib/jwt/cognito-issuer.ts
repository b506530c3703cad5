import { Arn, ArnFormat, CfnResource, Fn, Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import { type IUserPool, type IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { type Owner } from '../authoring/errors';
import { dnsSuffixOf, regionOfUserPool, userPoolIssuer } from '../facts/partitions';

/** By pool, since two authorizers of one pool must get the same. */
const HOSTS = new WeakMap<IUserPool, string>();

/** The tokens of app clients of a user pool. */
interface CognitoClients {
  readonly userPools: readonly IUserPool[];
  readonly userPoolClients: readonly IUserPoolClient[];
}

/**
 * The only user pool of an authorizer, whose tokens have one issuer, and their issuer and audience.
 *
 * @param instead the alternative if there are several
 * @throws if there is no pool, or no client, or more than one pool
 */
export function cognitoTokens({ userPools, userPoolClients }: CognitoClients, instead: string, owner: Owner) {
  const [userPool, ...more] = userPools;
  if (userPool === undefined) throw owner.error('userPools is empty; pass the user pool');
  if (more.length > 0) {
    throw owner.error(
      `userPools has ${userPools.length} user pools, but the tokens of this authorizer have one issuer; ${instead}`,
    );
  }
  if (userPoolClients.length === 0) {
    throw owner.error('userPoolClients is empty; name the app clients of the user pool whose tokens are for this API');
  }
  const audience = userPoolClients.map(({ userPoolClientId }) => userPoolClientId);
  return { userPool, issuer: cognitoIssuer(userPool), audience };
}

/**
 * The `iss` of the tokens of a user pool, in any partition: its id contains its Region, wherever it was imported to.
 */
function cognitoIssuer(userPool: IUserPool): string {
  const region = regionOf(userPool);
  const suffix = Token.isUnresolved(region) ? Stack.of(userPool).urlSuffix : dnsSuffixOf(region);
  return userPoolIssuer(region, suffix, userPool.userPoolId, hostOf(userPool));
}

/** The ARN of a user pool: for an import by id the CDK uses the Region of the stack, even if the id contains another. */
export function userPoolArn({ userPoolId, userPoolArn: arn }: IUserPool): string {
  const region = Token.isUnresolved(userPoolId) ? undefined : regionOfUserPool(userPoolId);
  if (region === undefined || !arn.startsWith('arn:')) return arn;
  const parts = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  return parts.region === region ? arn : Arn.format({ ...parts, region });
}

function regionOf(userPool: IUserPool): string {
  const { userPoolId, env } = userPool;
  if (!Token.isUnresolved(userPoolId)) return regionOfUserPool(userPoolId) ?? env.region;
  return Resource.isOwnedResource(userPool) ? env.region : Fn.select(0, Fn.split('_', userPoolId));
}

/** Known at synthesis: the L2 has no prop for the issuer type, so it is set on the L1. */
function hostOf(userPool: IUserPool): string | undefined {
  const pool = userPool.node.defaultChild;
  if (!CfnResource.isCfnResource(pool) || pool.cfnResourceType !== 'AWS::Cognito::UserPool') return undefined;
  let host = HOSTS.get(userPool);
  if (host === undefined) {
    host = Lazy.uncachedString({ produce: () => `${isUpdated(pool) ? 'issuer-' : ''}cognito-idp` });
    HOSTS.set(userPool, host);
  }
  return host;
}

function isUpdated(pool: CfnResource): boolean {
  const made: { Resources: object } = Stack.of(pool).resolve(pool._toCloudFormation());
  const [body] = Object.values(made.Resources) as UserPoolResource[];
  return body.Properties?.IssuerConfiguration?.Type === 'UPDATED';
}

interface UserPoolResource {
  readonly Properties?: { readonly IssuerConfiguration?: { readonly Type?: unknown } };
}
