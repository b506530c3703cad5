import { isOffered } from '../../../facts/partitions';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainHas, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM19',
  appliesTo: ['domain'],
  severity: 'info',
  title: 'A Regional domain has a policy with post-quantum key exchange',
  why: 'Quantum computers may one day decrypt traffic that is recorded today.',
  fix: {
    library:
      'Set `securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09` and `endpointAccessMode: ' +
      'EndpointAccessMode.BASIC`; omit both, which means `STRICT`, in a later deployment, when no caller uses ' +
      'another host name or endpoint type.',
    l2:
      'Set `securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09` and `endpointAccessMode: ' +
      'EndpointAccessMode.BASIC` on the `DomainName` of aws-apigateway; set `STRICT` in a later deployment, when no ' +
      'caller uses another host name or endpoint type.',
    cloudFormation:
      'Set `SecurityPolicy: SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09` with `EndpointAccessMode: BASIC`; set `STRICT` ' +
      'in a later deployment, when no caller uses another host name or endpoint type.',
  },
  link: guide('apigateway-security-policies-list'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { securityPolicy: policy, mutualTls, region } = domain;
      const others = domainsOf(model)
        .behind(domain)
        .some(({ kind }) => kind !== 'rest');
      // Mutual TLS, other kinds of APIs and AWS GovCloud (US) take no such policy.
      const isOut = region !== undefined && !isOffered('enhancedTls', region);
      if (isOut || mutualTls || others || domain.form === 'v2' || !domainHas(domain, 'REGIONAL')) {
        continue;
      }
      if (isKnown(policy) && !policy.includes('_PQ_')) {
        yield {
          location: inside(domain.location, 'SecurityPolicy'),
          message: `${domainLabel(domain)} has the SecurityPolicy ${policy}`,
        };
      }
    }
  },
};
