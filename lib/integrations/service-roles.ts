import { Annotations, type CfnResource, Lazy, Token } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Permissions of an integration. */
export interface ServiceGrant {
  /** Actions with their prefix, e.g. `sqs:SendMessage`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/**
 * Maximum characters of a managed policy, and maximum policies of a role unless the account has a higher quota.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const POLICY_SIZE = 6144;
const POLICIES_PER_ROLE = 10;

/** Possible length of an ARN that is partly known only at deployment. */
const TOKEN_SIZE = 150;

interface Policy {
  /** The resources of each set of actions. */
  readonly statements: Map<string, string[]>;
  size: number;
}

interface ServiceRole {
  readonly role: CfnRole;
  readonly policies: Policy[];
  /** The permissions granted so far: actions and resource. */
  readonly known: Set<string>;
}

/**
 * The roles that API Gateway assumes to call AWS services: one per service, each with only the actions and resources of the
 * API's routes. The policies are managed ones, since many organizations forbid inline policies.
 */
export class ServiceRoles extends Construct {
  private readonly roles = new Map<string, ServiceRole>();

  /** @param dependent created after the policies, so no request arrives before them */
  constructor(
    scope: Construct,
    id: string,
    private readonly dependent: { addResourceDependency(target: CfnResource): void },
  ) {
    super(scope, id);
  }

  /** Adds to the role with that name, and returns its ARN. */
  public grant(name: string, grants: readonly ServiceGrant[]): string {
    const role = this.roles.get(name) ?? this.create(name);
    for (const { actions, resources } of grants) {
      resources.forEach((resource) => this.add(name, role, actions, resource));
    }
    return role.role.attrArn;
  }

  private create(name: string): ServiceRole {
    const role = new CfnRole(this, name, {
      description: `Lets API Gateway call ${name} for the routes of one API`,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    });
    const created = { role, policies: [], known: new Set<string>() };
    this.roles.set(name, created);
    return created;
  }

  private add(name: string, role: ServiceRole, actions: readonly string[], resource: string): void {
    const set = [...new Set(actions)].sort().join(' ');
    const key = `${set} ${resource}`;
    if (role.known.has(key)) return;
    role.known.add(key);
    const more = (one: Policy): number => sizeOf(resource) + (one.statements.has(set) ? 0 : sizeOfStatement(set));
    let policy = role.policies.at(-1);
    if (!policy || policy.size + more(policy) > POLICY_SIZE) policy = this.addPolicy(name, role);
    policy.size += more(policy);
    const resources = policy.statements.get(set) ?? [];
    policy.statements.set(set, resources);
    resources.push(resource);
  }

  /** The ids depend only on the number of policies; the order of routes determines which grant is in which one. */
  private addPolicy(name: string, { role, policies }: ServiceRole): Policy {
    const added: Policy = { statements: new Map(), size: SIZE_OF_NONE };
    policies.push(added);
    const number = policies.length === 1 ? '' : policies.length;
    const policy = new CfnManagedPolicy(this, `${name}-Policy${number}`, {
      description: `What API Gateway may do in ${name} for the routes of one API`,
      policyDocument: Lazy.uncachedAny({
        produce: () => ({ Version: '2012-10-17', Statement: statements(added.statements) }),
      }),
      roles: [role.ref],
    });
    this.dependent.addResourceDependency(policy);
    if (policies.length === POLICIES_PER_ROLE + 1) {
      Annotations.of(this).addWarningV2(
        'cdk-apigateway-constructs:policiesPerRole',
        `the role that calls ${name} needs more than ${POLICIES_PER_ROLE} policies, which is the default quota of an account for one role. ` +
          'Request up to 25 in Service Quotas, or move some of the routes to a separate API',
      );
    }
    return added;
  }
}

const SIZE_OF_NONE = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

const sizeOfStatement = (actions: string): number =>
  JSON.stringify({ Effect: 'Allow', Action: actions.split(' '), Resource: [] }).length + ','.length;

const sizeOf = (resource: string): number =>
  (Token.isUnresolved(resource) ? TOKEN_SIZE : resource.length) + '"",'.length;

/** One statement for each set of actions; within a policy, it does not depend on the order of routes. */
function statements(byActions: ReadonlyMap<string, readonly string[]>): object[] {
  return [...byActions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([actions, resources]) => ({
      Effect: 'Allow',
      Action: list(actions.split(' ')),
      Resource: list([...resources].sort()),
    }));
}

function list(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0] : values;
}
