import { type Rule } from '../../rule';
import { cloudFormation, resourceKey } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-ACC2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The logging role of the account is kept when its stack is deleted',
  why:
    'The account has one role for all its APIs in a Region, and keeps referring to it after the role is deleted: ' +
    'every API there stops logging, and API Gateway refuses to turn logs on. Removing a policy from the role has the ' +
    'same effect.',
  fix: {
    library:
      'Use `ApiGatewayAccountLogging` without `role`: its resources are kept, whatever `RemovalPolicies` sets for ' +
      'the stack. Retain your own role, and its policies, with `addOverride("DeletionPolicy", "Retain")` of the ' +
      'resource.',
    l2:
      'Omit `cloudWatchRoleRemovalPolicy` on the `RestApi`, retain your own role with `applyRemovalPolicy`, and ' +
      'exclude roles and policies from `RemovalPolicies` with `excludeResourceTypes`.',
    cloudFormation: 'Set `DeletionPolicy: Retain` on the role and of the policies on it.',
  },
  link: cloudFormation('attribute-deletionpolicy'),
  *check(model) {
    const seen = new Set<string>();
    for (const { location: account, parts } of model.accounts) {
      for (const { location, isKept } of parts) {
        const place = resourceKey(location);
        if (isKept || seen.has(place)) continue;
        seen.add(place);
        yield {
          location,
          message: `${account.logicalId} sets ${location.logicalId} as the logging role of the whole account, but it is deleted with its stack`,
        };
      }
    }
  },
};
