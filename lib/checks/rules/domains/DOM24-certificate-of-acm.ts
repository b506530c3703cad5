import { type DomainConfiguration } from '../../../template/model/domains';
import { type Location } from '../../../template/model/model';
import { outline, type Text } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';
import { judgedText } from '../../queries/mapping-syntax';

const CERTIFICATE = /^arn:[^:]+:acm:[^]*$/;

const isOther = (arn: Text | undefined): boolean =>
  arn !== undefined && judgedText(arn) !== undefined && !CERTIFICATE.test(outline(arn));

/** The certificates of an endpoint, by their properties. */
const certificatesOf = (one: DomainConfiguration): [string, Text | undefined][] => [
  ['CertificateArn', one.certificateArn],
  ['RegionalCertificateArn', one.regionalCertificateArn],
  ['OwnershipVerificationCertificateArn', one.ownershipVerificationCertificateArn],
];

export const rule: Rule = {
  id: 'DOM24',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The certificate of a domain comes from AWS Certificate Manager',
  why: 'AWS Certificate Manager is the only supported source of certificates. API Gateway rejects a domain without one, or with anything else than its ARN.',
  fix: {
    library: 'Pass `certificate` to `ApiDomain`.',
    l2: 'Pass `certificate` to the `DomainName`.',
    cloudFormation:
      'Set the property of the endpoint type to the ARN of a certificate of ACM, or to a reference to one in the template.',
  },
  link: cloudFormation('resource-apigateway-domainname'),
  *check(model) {
    for (const { location, configurations, resourceType } of model.domainNames) {
      if (!isKnown(configurations)) continue;
      if (configurations.length === 0) {
        yield { location, message: 'the domain has no DomainNameConfigurations, and so no certificate' };
      }
      for (const one of configurations) {
        const given = certificatesOf(one);
        if (one.certificateArn === undefined && one.regionalCertificateArn === undefined) {
          yield { location: one.location, message: `the domain has no ${missing(resourceType, one)}` };
        }
        for (const [name, arn] of given) {
          if (isOther(arn)) yield notAcm(inside(one.location, name), name, outline(arn));
        }
      }
    }
  },
};

function missing(resourceType: string, { endpointType }: DomainConfiguration): string {
  const isRegional = resourceType === 'AWS::ApiGateway::DomainName' && endpointType === 'REGIONAL';
  return isRegional ? 'RegionalCertificateArn' : 'CertificateArn';
}

const notAcm = (location: Location, name: string, arn: string) => ({
  location,
  message: `${name} is "${arn}", which is not the ARN of a certificate of ACM (arn:aws:acm:<region>:<account>:certificate/<id>)`,
});
