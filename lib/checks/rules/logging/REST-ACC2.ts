import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-ACC2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The logging role of the account is kept when its stack is deleted',
  why:
    'The account has one role for all its APIs in a Region, and keeps naming it after the role is deleted: every API there stops logging, ' +
    'and API Gateway refuses to turn logs on. Removing a policy from the role has the same effect.',
  fix: {
    library:
      'Use `ApiGatewayAccountLogging` without `role`: its resources are kept, whatever `RemovalPolicies` sets for the stack. Retain a role of your own, ' +
      'and its policies, with `addOverride("DeletionPolicy", "Retain")` of the resource.',
    l2:
      'Leave out `cloudWatchRoleRemovalPolicy` of the `RestApi`, retain a role of your own with `applyRemovalPolicy`, and exclude roles ' +
      'and policies from `RemovalPolicies` with `excludeResourceTypes`.',
    cloudFormation: 'Set `DeletionPolicy: Retain` of the role and of the policies on it.',
  },
  link: cloudFormation('attribute-deletionpolicy'),
  *check(model) {
    const seen = new Set<string>();
    for (const { location: account, parts } of model.accounts) {
      for (const { location, isKept } of parts) {
        const place = `${location.template}#${location.logicalId}`;
        if (isKept || seen.has(place)) continue;
        seen.add(place);
        yield {
          location,
          message: `${account.logicalId} makes the whole account log with ${location.logicalId}, which is deleted with its stack`,
        };
      }
    }
  },
};
