import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM6',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'Mutual TLS requires a Regional domain, TLS 1.2 and a trust store in S3',
  why: 'API Gateway rejects anything else, and TLS 1.0 admits clients that present no certificate.',
  fix: {
    library: 'Omit `endpointType` and `securityPolicy` with `mutualTls`, and create the trust store with `TrustStore`.',
    l2:
      'Set `endpointType: EndpointType.REGIONAL`, `securityPolicy: SecurityPolicy.TLS_1_2` and `mtls: { bucket, key, ' +
      'version }` on the `DomainName`.',
    cloudFormation: 'Set `Types: [REGIONAL]`, `SecurityPolicy: TLS_1_2` and `TruststoreUri: s3://bucket/key`.',
  },
  link: guide('rest-api-mutual-tls'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { mutualTls, endpointTypes: types, location } = domain;
      if (!mutualTls) {
        continue;
      }
      if (isKnown(types) && !types.includes('REGIONAL')) {
        yield { location, message: `${domainLabel(domain)} has mutual TLS and is ${types.join(', ')}` };
      }
      if (domain.securityPolicy === 'TLS_1_0') {
        yield {
          location: inside(location, 'SecurityPolicy'),
          message: `${domainLabel(domain)} has mutual TLS and the SecurityPolicy TLS_1_0`,
        };
      }
      const { truststoreUri: uri } = mutualTls;
      if (uri === undefined || (isLiteral(uri) && !/^s3:\/\/[^/]+\/.+/.test(uri))) {
        yield {
          location: inside(location, 'MutualTlsAuthentication'),
          message: `${domainLabel(domain)} has ${uri === undefined ? 'no TruststoreUri' : `the TruststoreUri "${uri}", which is not s3://bucket/key`}`,
        };
      }
    }
  },
};
