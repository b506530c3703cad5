import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM9',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An ownership certificate goes with mutual TLS',
  why: 'It proves the name where mutual TLS has an imported or private certificate; without mutual TLS it is refused.',
  fix: {
    library: 'Leave `ownershipCertificate` out, or set `mutualTls`.',
    l2: 'Set `ownershipCertificate` in `addEndpoint(…)` or of the `DomainName` of aws-apigatewayv2 only beside `mtls`.',
    cloudFormation: 'Leave `OwnershipVerificationCertificateArn` out, or set `MutualTlsAuthentication`.',
  },
  link: cloudFormation('resource-apigateway-domainname'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      if (domain.hasOwnershipCertificate && !domain.mutualTls) {
        yield {
          location: domain.location,
          message: `${domainLabel(domain)} has an OwnershipVerificationCertificateArn and no mutual TLS`,
        };
      }
    }
  },
};
