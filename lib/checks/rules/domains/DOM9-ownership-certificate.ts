import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM9',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An ownership certificate requires mutual TLS',
  why: 'It proves the ownership of the name if mutual TLS uses an imported or private certificate. Without mutual TLS it is rejected.',
  fix: {
    library: 'Omit `ownershipCertificate`, or set `mutualTls`.',
    l2: 'Set `ownershipCertificate` in `addEndpoint(…)` or on the `DomainName` of aws-apigatewayv2 only with `mtls`.',
    cloudFormation: 'Omit `OwnershipVerificationCertificateArn`, or set `MutualTlsAuthentication`.',
  },
  link: cloudFormation('resource-apigateway-domainname'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      if (domain.hasOwnershipCertificate && !domain.mutualTls) {
        yield {
          location: domain.location,
          message: `${domainLabel(domain)} has an OwnershipVerificationCertificateArn but no mutual TLS`,
        };
      }
    }
  },
};
