import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainHas, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM10',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The certificate of an edge-optimized domain is of us-east-1',
  why: 'CloudFront reads certificates from there only: the deployment is refused.',
  fix: {
    library:
      'Give `certificate` from a stack of us-east-1 (`crossRegionReferences: true`), or leave `endpointType` out.',
    l2:
      'Pass a `certificate` from a stack of us-east-1 (`crossRegionReferences: true`), or set `endpointType: ' +
      'EndpointType.REGIONAL`.',
    cloudFormation:
      'Set `CertificateArn` to one of us-east-1, or make the domain `REGIONAL` with `RegionalCertificateArn`.',
  },
  link: guide('how-to-edge-optimized-custom-domain-name'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const region = domain.certificate?.region;
      if (domainHas(domain, 'EDGE') && domain.form === 'v1' && region !== undefined && region !== 'us-east-1') {
        yield {
          location: inside(domain.location, 'CertificateArn'),
          message: `${domainLabel(domain)} is edge-optimized and has a certificate of ${region}`,
        };
      }
    }
  },
};
