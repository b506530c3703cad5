import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainHas, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM10',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The certificate of an edge-optimized domain is in us-east-1',
  why: 'CloudFront uses certificates from us-east-1 only: the deployment is rejected.',
  fix: {
    library: 'Set `certificate` from a stack in us-east-1 (`crossRegionReferences: true`), or omit `endpointType`.',
    l2:
      'Pass a `certificate` from a stack in us-east-1 (`crossRegionReferences: true`), or set `endpointType: ' +
      'EndpointType.REGIONAL`.',
    cloudFormation:
      'Set `CertificateArn` to a certificate in us-east-1, or create the domain `REGIONAL` with `RegionalCertificateArn`.',
  },
  link: guide('how-to-edge-optimized-custom-domain-name'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const region = domain.certificate?.region;
      if (domainHas(domain, 'EDGE') && domain.form === 'v1' && region !== undefined && region !== 'us-east-1') {
        yield {
          location: inside(domain.location, 'CertificateArn'),
          message: `${domainLabel(domain)} is edge-optimized and has a certificate in ${region}`,
        };
      }
    }
  },
};
