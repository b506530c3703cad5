import { asList, isAnybody, isInvoke, isRecord, type Statement } from '../../../policies/resource-policies';
import { type Rule } from '../../rule';
import { guide, isOpen, isPreflight, listed, routeOf } from '../../queries/common';

/** Names a method or a path, as one does who means single routes. */
const isNarrow = (resource: unknown): boolean => {
  const [, , method, ...path] = typeof resource === 'string' ? resource.split('/') : [];
  return method !== undefined && path.length > 0 && (method !== '*' || path.join('/') !== '*');
};

function statementsOf(policy: unknown): Statement[] {
  return isRecord(policy) ? asList(policy.Statement).filter((it): it is Statement => isRecord(it)) : [];
}

/** Allows every caller, without a condition and without a statement that narrows it. */
function isOpenPolicy(policy: unknown): boolean {
  const statements = statementsOf(policy);
  const plain = statements.every(({ Effect }) => Effect === 'Allow');
  return (
    plain &&
    statements.some(
      (it) =>
        isAnybody(it.Principal) &&
        asList(it.Action).some(isInvoke) &&
        it.Condition === undefined &&
        !asList(it.Resource).every(isNarrow),
    )
  );
}

export const rule: Rule = {
  id: 'REST-AUTH28',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A resource policy does not allow everyone to invoke routes without an authorizer',
  why: 'A resource policy that allows everyone looks like access control but is not: routes without authorization stay open to anyone.',
  fix: {
    library:
      'Specify principals, or add a `Condition` (`aws:SourceIp`, `aws:SourceVpce`) or a Deny statement to the ' +
      'policy, or give the routes an `authorizer`.',
    l2:
      'Specify `principals` in the statements of `policy` of the `RestApi`, or add `conditions`, or an `Effect.DENY` ' +
      'statement with `addToResourcePolicy(…)`; or give the methods an `authorizer`.',
    cloudFormation:
      'Specify principals, or add a `Condition` (`aws:SourceIp`, `aws:SourceVpce`) or a Deny statement in `Policy` ' +
      'of the RestApi or in `x-amazon-apigateway-policy` of the Body.',
  },
  link: guide('apigateway-resource-policies'),
  sameAs: { checkov: ['CKV2_AWS_70'], terrascan: ['AC_AWS_0440'] },
  *check(model) {
    for (const api of model.restApis) {
      if (!isOpenPolicy(api.policy)) {
        continue;
      }
      const open = api.methods.filter((method) => isOpen(method) && !isPreflight(method));
      if (open.length > 0) {
        yield {
          location: api.location,
          message: `the policy allows everyone to invoke, and no authorizer guards ${listed(open.map(routeOf))}`,
        };
      }
    }
  },
};
