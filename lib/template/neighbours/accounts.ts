import { ACCOUNT_LOGGING_TYPE } from '../../facts/own-resources';
import { grouped } from '../../lookup/grouped';
import { type Account, type AccountPart } from '../model/neighbours';
import { Node } from '../reader/node';
import { type ResourceRef, resourceKey } from '../model/place';
import { type App, own } from '../reader/scope';
import { outline } from '../model/text';
import { UNKNOWN } from '../model/value';

const ROLE = 'AWS::IAM::Role';
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
const POLICY_TYPES = ['AWS::IAM::Policy', MANAGED_POLICY, 'AWS::IAM::RolePolicy'];
const KEPT: readonly unknown[] = ['Retain', 'RetainExceptOnCreate'];

/** What sets the CloudWatch role of the account: the resource of CloudFormation, and the custom one of this library. */
export function readAccounts(app: App): Account[] {
  const policies = policiesByRole(app);
  return ['AWS::ApiGateway::Account', ACCOUNT_LOGGING_TYPE].flatMap((type) =>
    [...app.ofType(type)].map(({ scope, logicalId }): Account => {
      const node = Node.properties(scope, logicalId);
      const arn = node.get('CloudWatchRoleArn');
      const role = arn.resource(ROLE);
      return {
        location: node.location,
        cloudWatchRoleArn: arn.text(),
        custom: type === ACCOUNT_LOGGING_TYPE,
        parts: role === undefined || role === UNKNOWN ? [] : partsOf(app, role, policies.get(resourceKey(role)) ?? []),
      };
    }),
  );
}

/** Policies by the roles that they name. */
function policiesByRole(app: App): ReadonlyMap<string, readonly ResourceRef[]> {
  const named = POLICY_TYPES.flatMap((type) => [...app.ofType(type)]).flatMap(({ scope, logicalId }) => {
    const policy = Node.properties(scope, logicalId);
    const roles = [policy.get('RoleName'), ...policy.get('Roles').knownItems()].flatMap(
      (name) => name.reference() ?? [],
    );
    return roles.map((role) => ({ role, policy: policy.ref }));
  });
  const byRole = grouped(named, ({ role }) => resourceKey(role));
  return new Map([...byRole].map(([role, own]) => [role, own.map(({ policy }) => policy)]));
}

/** The role, and the policies of the templates that are on it. */
function partsOf(app: App, role: ResourceRef, attaching: readonly ResourceRef[]): AccountPart[] {
  const attached = nodeOf(app, role)
    .get('ManagedPolicyArns')
    .knownItems()
    .flatMap((arn) => arn.resource(MANAGED_POLICY) ?? [])
    .filter((ref) => ref !== UNKNOWN);
  const policies = new Map([...attached, ...attaching].map((ref) => [resourceKey(ref), ref]));
  const needed = [...policies.values()].filter((ref) =>
    letsLog(nodeOf(app, ref).get('PolicyDocument').get('Statement')),
  );
  return [role, ...needed].map((ref) => ({ location: nodeOf(app, ref).location, isKept: isKept(app, ref) }));
}

const nodeOf = (app: App, { template, logicalId }: ResourceRef): Node =>
  Node.properties(app.scopes.get(template)!, logicalId);

/** Whether a statement is about logs; IAM takes one statement, and one action, in place of a list. */
function letsLog(statements: Node): boolean {
  const each = (node: Node): Node[] => (node.isList ? node.knownItems() : [node]);
  return each(statements)
    .flatMap((statement) => each(statement.get('Action')))
    .some((action) => /^(logs:|\*)/i.test(outline(action.text())));
}

/** Without a policy CloudFormation deletes; a function in its place is known at deployment only. */
function isKept(app: App, { template, logicalId }: ResourceRef): boolean {
  const policy = own(app.scopes.get(template)?.resources.get(logicalId), 'DeletionPolicy');
  return KEPT.includes(policy) || (typeof policy === 'object' && policy !== null);
}
