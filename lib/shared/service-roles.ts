import { type CfnResource, Lazy } from 'aws-cdk-lib';
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
 * The roles that API Gateway takes on to call AWS services: one per service, each with the actions and resources of the
 * API's routes and no other. The policies are managed ones, since many organisations forbid inline policies.
 */
export class ServiceRoles extends Construct {
  private readonly roles = new Map<string, { readonly role: CfnRole; readonly grants: ServiceGrant[] }>();

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
    const known = this.roles.get(name) ?? this.create(name);
    known.grants.push(...grants);
    return known.role.attrArn;
  }

  private create(name: string) {
    const role = new CfnRole(this, name, {
      description: `Lets API Gateway call ${name} for the routes of one API`,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    });
    const grants: ServiceGrant[] = [];
    const policy = new CfnManagedPolicy(this, `${name}-Policy`, {
      description: `What API Gateway may do in ${name} for the routes of one API`,
      policyDocument: Lazy.uncachedAny({ produce: () => ({ Version: '2012-10-17', Statement: statements(grants) }) }),
      roles: [role.ref],
    });
    this.dependent.addResourceDependency(policy);
    const created = { role, grants };
    this.roles.set(name, created);
    return created;
  }
}

/** One statement for each set of actions; neither the order of routes nor a resource named twice changes it. */
function statements(grants: readonly ServiceGrant[]): object[] {
  const byActions = new Map<string, Set<string>>();
  for (const { actions, resources } of grants) {
    const key = [...new Set(actions)].sort().join(' ');
    const known = byActions.get(key) ?? new Set();
    byActions.set(key, known);
    resources.forEach((resource) => known.add(resource));
  }
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
