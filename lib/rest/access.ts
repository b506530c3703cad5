import { Token } from 'aws-cdk-lib';
import { type IVpc, type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IPrincipal, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Owner, show } from '../authoring/errors';
import { parseIpRange } from '../authoring/ip-range';

/** What distinguishes one network from another. */
export type NetworkKind = 'ip' | 'vpc' | 'vpcEndpoint';

/** One part of a resource policy. */
export type AccessRule =
  | { readonly kind: 'only' | 'deny'; readonly network: NetworkKind; readonly values: readonly string[] }
  | { readonly kind: 'accounts'; readonly ids: readonly string[] }
  | { readonly kind: 'organization'; readonly id: string; readonly only: boolean }
  | { readonly kind: 'allowPrincipals' | 'denyPrincipals'; readonly principals: readonly IPrincipal[] }
  | { readonly kind: 'statements'; readonly statements: readonly PolicyStatement[] };

/** Whether the user's statements allow something. */
export function hasOwnAllow(rules: readonly AccessRule[]): boolean {
  return rules.some(
    (rule) => rule.kind === 'statements' && rule.statements.some(({ effect }) => effect === Effect.ALLOW),
  );
}

/** Whether the principal is everyone, signed or not. */
export function isEverybody({ policyFragment }: IPrincipal): boolean {
  return Object.values(policyFragment.principalJson).some((names) => names.includes('*'));
}

/**
 * Who may reach an API, in addition to what its authorizers decide: the API's resource policy, in parts.
 *
 * The `only…` parts deny everyone else, whatever an authorizer decides: networks of one kind are alternatives, and of several
 * kinds each must match. The `deny…` parts deny some callers. Both are explicit denials, which nothing overrides.
 *
 * How this works together with authorizers:
 *
 * - Routes without an authorizer or with a Cognito authorizer need an `Allow` in the policy; they get one that matches no request
 *   of other routes. `*` in a pattern matches slashes, so no pattern separates `GET /a/{id}` from `GET /a/{id}/b`: if the latter
 *   has a Lambda authorizer, that is an error.
 * - Routes with a Lambda authorizer need none: the policy that the function returns decides.
 * - Routes with the IAM authorizer: an identity of the API's account is allowed by its own policy (`grantExecute`). An identity
 *   of another account needs its own policy *and* `allowAccounts`, `allowOrganization` or `allowPrincipals` here.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export class RestAccess {
  /**
   * Allows calls from these addresses only. On a private API the address inside the VPC counts (`aws:VpcSourceIp`).
   *
   * @param cidrs addresses or ranges, IPv4 or IPv6, e.g. `203.0.113.0/24`
   */
  public static onlyIpRanges(cidrs: string[]): RestAccess {
    return new RestAccess({ kind: 'only', network: 'ip', values: ranges(cidrs, 'RestAccess.onlyIpRanges') });
  }

  /**
   * Denies calls from these addresses.
   *
   * @param cidrs addresses or ranges, IPv4 or IPv6, e.g. `203.0.113.0/24`
   */
  public static denyIpRanges(cidrs: string[]): RestAccess {
    return new RestAccess({ kind: 'deny', network: 'ip', values: ranges(cidrs, 'RestAccess.denyIpRanges') });
  }

  /**
   * Allows calls from these VPCs only, through any of their endpoints. Private APIs only.
   *
   * @param vpcs at least one
   */
  public static onlyVpcs(vpcs: IVpc[]): RestAccess {
    const values = some(vpcs, 'vpcs', 'RestAccess.onlyVpcs').map(({ vpcId }) => vpcId);
    return new RestAccess({ kind: 'only', network: 'vpc', values });
  }

  /**
   * Denies calls from these VPCs. Private APIs only.
   *
   * @param vpcs at least one
   */
  public static denyVpcs(vpcs: IVpc[]): RestAccess {
    const values = some(vpcs, 'vpcs', 'RestAccess.denyVpcs').map(({ vpcId }) => vpcId);
    return new RestAccess({ kind: 'deny', network: 'vpc', values });
  }

  /**
   * Allows calls through these VPC endpoints only. Private APIs only; the default there, with the gateway's `vpcEndpoints`.
   *
   * @param endpoints interface endpoints of `execute-api`, at least one
   */
  public static onlyVpcEndpoints(endpoints: IVpcEndpoint[]): RestAccess {
    const values = some(endpoints, 'endpoints', 'RestAccess.onlyVpcEndpoints').map(
      ({ vpcEndpointId }) => vpcEndpointId,
    );
    return new RestAccess({ kind: 'only', network: 'vpcEndpoint', values });
  }

  /**
   * Denies calls through these VPC endpoints. Private APIs only.
   *
   * @param endpoints interface endpoints of `execute-api`, at least one
   */
  public static denyVpcEndpoints(endpoints: IVpcEndpoint[]): RestAccess {
    const values = some(endpoints, 'endpoints', 'RestAccess.denyVpcEndpoints').map(
      ({ vpcEndpointId }) => vpcEndpointId,
    );
    return new RestAccess({ kind: 'deny', network: 'vpcEndpoint', values });
  }

  /**
   * Allows identities of other accounts on routes with the IAM authorizer; their own policies must allow the call as well.
   *
   * @param accountIds twelve digits each
   */
  public static allowAccounts(accountIds: string[]): RestAccess {
    const owner = new Owner('RestAccess.allowAccounts');
    for (const id of some(accountIds, 'accountIds', 'RestAccess.allowAccounts')) {
      if (!Token.isUnresolved(id) && !/^\d{12}$/.test(id))
        throw owner.error(`an account ID must be twelve digits, e.g. "123456789012", got: ${show(id)}`);
    }
    return new RestAccess({ kind: 'accounts', ids: [...new Set(accountIds)].sort() });
  }

  /**
   * Allows identities of all accounts of an organization on routes with the IAM authorizer; their own policies must allow the
   * call as well.
   *
   * @param organizationId e.g. `o-a1b2c3d4e5`
   */
  public static allowOrganization(organizationId: string): RestAccess {
    return new RestAccess({
      kind: 'organization',
      id: organization(organizationId, 'RestAccess.allowOrganization'),
      only: false,
    });
  }

  /**
   * Allows the same as `allowOrganization`, and denies everyone else on routes with the IAM authorizer. Other routes do not
   * identify the caller.
   *
   * @param organizationId e.g. `o-a1b2c3d4e5`
   */
  public static onlyOrganization(organizationId: string): RestAccess {
    return new RestAccess({
      kind: 'organization',
      id: organization(organizationId, 'RestAccess.onlyOrganization'),
      only: true,
    });
  }

  /**
   * Allows roles, users and other principals on routes with the IAM authorizer. A principal of the API's account then needs no
   * policy; one of another account still does.
   *
   * @param principals at least one
   */
  public static allowPrincipals(principals: IPrincipal[]): RestAccess {
    return new RestAccess({
      kind: 'allowPrincipals',
      principals: some(principals, 'principals', 'RestAccess.allowPrincipals'),
    });
  }

  /**
   * Denies roles, users and other principals on routes with the IAM authorizer.
   *
   * @param principals at least one
   */
  public static denyPrincipals(principals: IPrincipal[]): RestAccess {
    return new RestAccess({
      kind: 'denyPrincipals',
      principals: some(principals, 'principals', 'RestAccess.denyPrincipals'),
    });
  }

  /**
   * Custom statements, with principals and resources; `execute-api:/*` stands for the whole API. If one of them is an `Allow`,
   * the policy has no `Allow` for everyone except yours. The `vpcEndpoints` of a private API remain the only way in, unless your
   * statements deny the whole API to all but some endpoints or VPCs; if each `Allow` of yours names some, these are ways in as
   * well.
   *
   * @param statements at least one
   */
  public static fromStatements(statements: PolicyStatement[]): RestAccess {
    const owner = new Owner('RestAccess.fromStatements');
    for (const statement of some(statements, 'statements', 'RestAccess.fromStatements')) {
      const [problem] = statement.validateForResourcePolicy();
      if (problem) throw owner.error(`${problem} The whole API is resources: ['execute-api:/*']`);
    }
    return new RestAccess({ kind: 'statements', statements: [...statements] });
  }

  /** @internal */
  public readonly _rule: AccessRule;

  private constructor(rule: AccessRule) {
    this._rule = rule;
  }
}

function some<T>(items: readonly T[], name: string, owner: string): readonly T[] {
  if (items.length === 0) throw new Owner(owner).error(`${name} is empty; name at least one, or remove this part`);
  return [...items];
}

function ranges(cidrs: readonly string[], label: string): readonly string[] {
  for (const cidr of some(cidrs, 'cidrs', label)) {
    if (!Token.isUnresolved(cidr)) parseIpRange(cidr, new Owner(label));
  }
  return [...new Set(cidrs)].sort();
}

function organization(id: string, label: string): string {
  if (!Token.isUnresolved(id) && !/^o-[a-z0-9]{10,32}$/.test(id)) {
    throw new Owner(label).error(
      `an organization ID must be "o-" and 10 to 32 characters of a-z 0-9, e.g. "o-a1b2c3d4e5", got: ${show(id)}`,
    );
  }
  return id;
}
