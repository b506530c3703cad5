import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { apiLabel, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM2',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A domain of HTTP and WebSocket APIs is Regional and has TLS_1_2',
  why: 'HTTP and WebSocket APIs can be mapped only to Regional domains with the policy TLS_1_2: any other mapping is rejected.',
  fix: {
    library: 'Omit `securityPolicy` and `endpointType`: `ApiDomain` uses TLS_1_2 if such an API is mapped.',
    l2:
      'Set `endpointType: EndpointType.REGIONAL` and `securityPolicy: SecurityPolicy.TLS_1_2` on the `DomainName`, ' +
      'without `endpointAccessMode`.',
    cloudFormation:
      'Set `SecurityPolicy: TLS_1_2` without `EndpointAccessMode`, and `EndpointConfiguration: { Types: [REGIONAL] }`.',
  },
  link: guide('apigateway-custom-domain-tls-version'),
  *check(model) {
    for (const { domain, api, location } of domainsOf(model).paths) {
      if (!domain || (api.kind !== 'http' && api.kind !== 'websocket')) {
        continue;
      }
      const { endpointTypes: types, securityPolicy: policy } = domain;
      if (isKnown(types) && !types.includes('REGIONAL')) {
        yield {
          location,
          message: `${apiLabel(api)} is mapped to ${domainLabel(domain)}, which is ${types.join(', ')}`,
        };
      } else if (isKnown(policy) && policy !== 'TLS_1_2') {
        yield {
          location,
          message: `${apiLabel(api)} is mapped to ${domainLabel(domain)}, which has the SecurityPolicy ${policy}`,
        };
      }
    }
  },
};
