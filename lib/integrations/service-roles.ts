import { Annotations, type CfnResource, Lazy, Token } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What an integration may do. */
export interface ServiceGrant {
  /** Actions with their prefix, e.g. `sqs:SendMessage`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/**
 * Characters of a managed policy, and how many of them a role takes unless the account has more.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const POLICY_SIZE = 6144;
const POLICIES_PER_ROLE = 10;

/** What an ARN may come to of which only the deployment knows a part. */
const TOKEN_SIZE = 150;

interface Policy {
  /** The resources of each set of actions. */
  readonly statements: Map<string, string[]>;
  size: number;
}

interface ServiceRole {
  readonly role: CfnRole;
  readonly policies: Policy[];
  /** What is granted already: actions and resource. */
  readonly known: Set<string>;
}

/**
 * The roles that API Gateway takes on to call AWS services: one per service, each with the actions and resources of the
 * API's routes and no other. The policies are managed ones, since many organisations forbid inline policies.
 */
export class ServiceRoles extends Construct {
  private readonly roles = new Map<string, ServiceRole>();

  /** @param dependent waits for the policies, so that no request comes before them */
  constructor(
    scope: Construct,
    id: string,
    private readonly dependent: { addResourceDependency(target: CfnResource): void },
  ) {
    super(scope, id);
  }

  /** Adds to the role of that name, and returns its ARN. */
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

  /** The ids depend on the number of policies alone; which grant is in which one depends on the order of routes. */
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
        `the role that calls ${name} needs more than ${POLICIES_PER_ROLE} policies, and an account lets a role have no more by default. ` +
          'Ask for up to 25 in Service Quotas, or give some of the routes an API of their own',
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

/** One statement for each set of actions; within a policy, the order of routes does not change it. */
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
