import { domainsOf } from '../../queries/domains';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'DOM13',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A domain name is in lower case',
  why: 'Upper-case letters and underscores are refused.',
  fix: {
    library: 'Write the name in lower case.',
    l2: 'Write `domainName` of the `DomainName` in lower case.',
    cloudFormation: 'Write `DomainName` in lower case.',
  },
  link: cloudFormation('resource-apigatewayv2-domainname'),
  *check(model) {
    for (const { name, location } of domainsOf(model).all) {
      if (isKnown(name) && /[A-Z_]/.test(name)) {
        yield {
          location: inside(location, 'DomainName'),
          message: `the domain name "${name}" has upper-case letters or "_"`,
        };
      }
    }
  },
};
