import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf, isEnhanced } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM4',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'Mutual TLS has no policy that starts with SecurityPolicy_',
  why: 'Mutual TLS cannot be enabled on a domain with such a policy: the deployment is rejected.',
  fix: {
    library: 'Omit `securityPolicy` with `mutualTls`.',
    l2: 'Set `securityPolicy: SecurityPolicy.TLS_1_2` with `mtls`, and omit `endpointAccessMode`.',
    cloudFormation: 'Set `SecurityPolicy: TLS_1_2`, and omit `EndpointAccessMode`.',
  },
  link: guide('apigateway-custom-domain-tls-version'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { mutualTls, securityPolicy: policy, location } = domain;
      if (mutualTls && isKnown(policy) && isEnhanced(policy)) {
        yield {
          location: inside(location, 'SecurityPolicy'),
          message: `${domainLabel(domain)} has mutual TLS and the SecurityPolicy ${policy}`,
        };
      }
    }
  },
};
