import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { domainHas, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM11',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The certificate of a Regional or private domain is in the same Region',
  why: 'API Gateway uses certificates in its own Region only: the deployment is rejected.',
  fix: {
    library: 'Omit `certificate` to create a new one, or use one in the Region of the stack.',
    l2: 'Pass a `certificate` in the Region of the stack to the `DomainName`.',
    cloudFormation:
      'Set `RegionalCertificateArn` to a certificate in the same Region (`CertificateArn` of a private domain).',
  },
  link: guide('apigateway-regional-api-custom-domain-create'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { form, certificate, regionalCertificate, region } = domain;
      const isNear = domainHas(domain, 'REGIONAL') || domainHas(domain, 'PRIVATE');
      const of = (form === 'v1' ? regionalCertificate : certificate)?.region;
      if (isNear && of !== undefined && region !== undefined && of !== region) {
        yield {
          location: domain.location,
          message: `${domainLabel(domain)} is in ${region} and has a certificate in ${of}`,
        };
      }
    }
  },
};
