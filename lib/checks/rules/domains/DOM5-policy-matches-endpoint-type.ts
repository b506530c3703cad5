import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf, isEnhanced } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM5',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The security policy matches the endpoint type of its domain',
  why: 'Policies that end in _EDGE are for edge-optimized domains, and the other SecurityPolicy_ ones are not: the deployment is rejected.',
  fix: {
    library: 'Omit `securityPolicy`.',
    l2:
      'Set a `securityPolicy` that matches `endpointType`: `SecurityPolicy.TLS13_2025_EDGE` and similar policies ' +
      'only for `EndpointType.EDGE`.',
    cloudFormation:
      'Set a `SecurityPolicy` that ends in `_EDGE` for `EDGE`, and another one for `REGIONAL` and `PRIVATE`.',
  },
  link: guide('apigateway-security-policies-list'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { securityPolicy: policy, endpointTypes: types, location } = domain;
      if (!isKnown(policy) || !isKnown(types) || types.length !== 1 || !isEnhanced(policy)) {
        continue;
      }
      if (policy.endsWith('_EDGE') !== types.includes('EDGE')) {
        yield {
          location: inside(location, 'SecurityPolicy'),
          message: `${domainLabel(domain)} is ${types.join(', ')} and has the SecurityPolicy ${policy}`,
        };
      }
    }
  },
};
