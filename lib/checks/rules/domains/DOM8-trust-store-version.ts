import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'DOM8',
  appliesTo: ['domain'],
  severity: 'warning',
  title: 'A trust store has a version',
  why: 'API Gateway reads the trust store when the domain is created or changed: it ignores a new object under the same key, and a client that was removed keeps its access.',
  fix: {
    library: 'Use `TrustStore.fromBucket(bucket, key, version)` or `TrustStore.fromPemFiles(…)`.',
    l2: 'Set `mtls: { bucket, key, version }` on the `DomainName`, or include a hash of the content in the `key`.',
    cloudFormation: 'Set `TruststoreVersion`, or use a key that contains a hash of the content.',
  },
  link: guide('rest-api-mutual-tls'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const { mutualTls } = domain;
      // A key that is a hash changes with the content.
      if (mutualTls && !mutualTls.hasVersion && !/[0-9a-f]{64}/.test(outline(mutualTls.truststoreUri))) {
        yield {
          location: inside(domain.location, 'MutualTlsAuthentication'),
          message: `${domainLabel(domain)} has a trust store without TruststoreVersion`,
        };
      }
    }
  },
};
