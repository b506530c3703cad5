import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM1',
  appliesTo: ['domain'],
  severity: 'warning',
  title: 'A custom domain requires TLS 1.2 or newer',
  why: 'A domain without a policy, or with TLS_1_0, accepts clients that use TLS 1.0 and 1.1.',
  fix: {
    library: 'Omit `securityPolicy`, or set a policy other than TLS_1_0: `ApiDomain` sets one.',
    l2:
      'Set `securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09` with `endpointAccessMode: ' +
      'EndpointAccessMode.STRICT` on the `DomainName`, or `SecurityPolicy.TLS_1_2`.',
    cloudFormation:
      'Set `SecurityPolicy` to `SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09` with `EndpointAccessMode`, or to `TLS_1_2`.',
  },
  link: guide('apigateway-custom-domain-tls-version'),
  sameAs: {
    checkov: ['CKV_AWS_206'],
    trivy: ['AWS-0005'],
    kics: ['8275fab0'],
    'cfn-nag': ['W62'],
    'security-hub': ['APIGateway.11'],
    'aws-config': ['apigateway-domain-name-tls-check'],
    'control-tower': ['CT.APIGATEWAY.PR.6'],
  },
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { form, securityPolicy: policy, location } = domain;
      // The other forms have TLS 1.2 by default.
      if (policy === 'TLS_1_0' || (policy === undefined && form === 'v1')) {
        yield {
          location,
          message: `${domainLabel(domain)} has ${policy === undefined ? 'no SecurityPolicy' : 'the SecurityPolicy TLS_1_0'}`,
        };
      }
    }
  },
};
