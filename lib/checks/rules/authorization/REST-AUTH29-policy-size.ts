import { RESOURCE_POLICY_MAX_CHARACTERS } from '../../../facts/quotas';
import { jsonText } from '../../../template/reader/json-text';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

/** Characters of the policy as JSON, at least: what an intrinsic becomes is not counted. */
function lengthOf(policy: unknown): number {
  const known = jsonText(policy, (_, value) => {
    const [key, ...others] =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::')) ? '' : value;
  });
  return known?.length ?? 0;
}

export const rule: Rule = {
  id: 'REST-AUTH29',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A resource policy has at most 8192 characters',
  why: 'API Gateway rejects a longer policy, unless the quota was raised for the account.',
  fix: {
    library: 'Merge IP ranges, or move them into an IP set of the web ACL.',
    l2: 'Merge IP ranges in `policy` of the `RestApi`, or move them into a `CfnIPSet` of the web ACL.',
    cloudFormation:
      'Shorten `Policy`, or `x-amazon-apigateway-policy` in the Body: merge IP ranges, or move them into an ' +
      '`AWS::WAFv2::IPSet`.',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    for (const { policy, location } of model.restApis) {
      const length = lengthOf(policy);
      if (length > RESOURCE_POLICY_MAX_CHARACTERS) {
        yield {
          location,
          message: `the resource policy has ${length} characters; ${RESOURCE_POLICY_MAX_CHARACTERS} are allowed`,
        };
      }
    }
  },
};
