import { asList, isAnybody, isRecord, type Statement } from '../../../policies/resource-policies';
import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

const NETWORK_KEYS = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:vpcsourceip'];

/** The statements; undefined if one of them is unknown. */
function statementsOf(policy: unknown): Statement[] | undefined {
  if (!isRecord(policy) || !('Statement' in policy)) {
    return undefined;
  }
  const statements = asList(policy.Statement);
  return statements.every((it): it is Statement => isRecord(it) && typeof it.Effect === 'string')
    ? statements
    : undefined;
}

/** Whether a condition compares the network; an intrinsic among the conditions might. */
function comparesNetwork({ Condition }: Statement): boolean {
  if (!isRecord(Condition)) {
    return false;
  }
  return Object.entries(Condition).some(
    ([operator, keys]) =>
      operator.startsWith('Fn::') ||
      operator === 'Ref' ||
      (isRecord(keys) &&
        Object.keys(keys).some((key) => NETWORK_KEYS.includes(key.toLowerCase()) || key.startsWith('Fn::'))),
  );
}

export const rule: Rule = {
  id: 'REST-NET2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The policy of a private API specifies its VPC endpoints or VPCs',
  why: 'A policy that allows everyone opens a private API to every VPC endpoint of every account in the Region.',
  fix: {
    library: 'Give the gateway `vpcEndpoints` or `access: [RestAccess.onlyVpcs([vpc])]`.',
    l2: 'Call `api.grantInvokeFromVpcEndpointsOnly([endpoint])`, which adds the Deny to the Allow.',
    cloudFormation:
      'Add to the Allow a Deny with `"StringNotEquals": { "aws:SourceVpce": [...] }` (or `aws:SourceVpc`).',
  },
  link: guide('apigateway-resource-policies-examples'),
  *check(model) {
    for (const { endpointTypes, policy, location } of model.restApis) {
      const statements = knownAnd(endpointTypes, (types) => types.includes('PRIVATE'))
        ? statementsOf(policy)
        : undefined;
      const open = statements?.some((it) => it.Effect === 'Allow' && isAnybody(it.Principal) && !comparesNetwork(it));
      if (open && !statements?.some((it) => it.Effect === 'Deny' && comparesNetwork(it))) {
        yield {
          location,
          message: 'the API is private, and its policy allows everyone, through any VPC endpoint',
        };
      }
    }
  },
};
