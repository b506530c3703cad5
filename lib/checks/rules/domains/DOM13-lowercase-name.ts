import { domainsOf } from '../../queries/domains';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'DOM13',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A domain name is lowercase',
  why: 'API Gateway rejects uppercase letters and underscores.',
  fix: {
    library: 'Write the name in lowercase.',
    l2: 'Write `domainName` of the `DomainName` in lowercase.',
    cloudFormation: 'Write `DomainName` in lowercase.',
  },
  link: cloudFormation('resource-apigatewayv2-domainname'),
  *check(model) {
    for (const { name, location } of domainsOf(model).all) {
      if (isKnown(name) && /[A-Z_]/.test(name)) {
        yield {
          location: inside(location, 'DomainName'),
          message: `the domain name "${name}" has uppercase letters or "_"`,
        };
      }
    }
  },
};
