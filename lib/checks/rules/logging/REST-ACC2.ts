import { type Rule } from '../../rule';
import { cloudFormation } from '../../support';

export const rule: Rule = {
  id: 'REST-ACC2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The logging role of the account stays when its stack goes',
  why:
    'The account names one role for all its APIs in a Region, and goes on naming it when it was deleted: every API there stops logging, ' +
    'and API Gateway refuses to turn logs on. A policy that is taken off the role does the same.',
  fix: {
    library:
      'Use `ApiGatewayAccountLogging` without `role`: what it makes stays, whatever `RemovalPolicies` says of the stack. Retain a role of your own, ' +
      'and its policies, with `addOverride("DeletionPolicy", "Retain")` of the resource.',
    l2:
      'Leave out `cloudWatchRoleRemovalPolicy` of the `RestApi`, retain a role of your own with `applyRemovalPolicy`, and leave roles ' +
      'and policies out of `RemovalPolicies` by `excludeResourceTypes`.',
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
          message: `${account.logicalId} has the whole account log with ${location.logicalId}, which is deleted with its stack`,
        };
      }
    }
  },
};
