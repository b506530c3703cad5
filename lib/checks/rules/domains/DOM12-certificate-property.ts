import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM12',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A Regional domain has RegionalCertificateArn, an edge-optimized one CertificateArn',
  why: 'The endpoint type does not use a certificate in the other property: the deployment is rejected.',
  fix: {
    library: 'Let `ApiDomain` set the certificate, which uses the right property.',
    l2: 'Set `certificate` and `endpointType` on the `DomainName`, which uses the right property.',
    cloudFormation: 'Set `RegionalCertificateArn` for `REGIONAL`, `CertificateArn` for `EDGE`.',
  },
  link: cloudFormation('resource-apigateway-domainname'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { form, endpointTypes: types, certificate, regionalCertificate, location } = domain;
      if (form !== 'v1' || !isKnown(types)) {
        continue;
      }
      if (certificate && !types.includes('EDGE') && !types.includes('PRIVATE')) {
        yield {
          location: inside(location, 'CertificateArn'),
          message: `${domainLabel(domain)} is ${types.join(', ')} and has CertificateArn`,
        };
      }
      if (regionalCertificate && !types.includes('REGIONAL')) {
        yield {
          location: inside(location, 'RegionalCertificateArn'),
          message: `${domainLabel(domain)} is ${types.join(', ')} and has RegionalCertificateArn`,
        };
      }
    }
  },
};
