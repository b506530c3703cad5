import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';
import { domainsOf } from '../../queries/domains';

/** One label of a name; the case is another rule's. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

function faultOf(name: string): string | undefined {
  if (name.includes('://')) return 'has a scheme; write the host name alone, e.g. api.example.com';
  if (/[/?#]/.test(name)) return 'has a path; paths belong to mappings';
  if (name.includes(':')) return 'has a port; a domain has none';
  const labels = name.split('.');
  if (labels.length < 2) return 'has no dot; write a whole name, e.g. api.example.com';
  const [first, ...others] = labels;
  if (others.some((label) => label.includes('*')) || (first !== '*' && first.includes('*'))) {
    return 'has a "*" that is not the whole first part, as in *.example.com';
  }
  if (labels.includes('')) return 'has an empty part: a dot at the end, or two in a row';
  const wrong = (first === '*' ? others : labels).find(
    (label) => !LABEL.test(label.replaceAll('_', '')) || label.length > 63,
  );
  return wrong === undefined
    ? undefined
    : `has the part "${wrong}"; allowed are up to 63 letters, digits and hyphens inside`;
}

export const rule: Rule = {
  id: 'DOM23',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A domain name is a host name',
  why: 'API Gateway rejects a name that is not a host name: a URL, a path, a port, or a wildcard in another place than the first part.',
  fix: {
    library:
      'Write `domainName` as a host name, e.g. "api.example.com" or "*.example.com"; the path is `path` of the mapping.',
    l2: 'Write `domainName` of the `DomainName` as a host name, e.g. "api.example.com" or "*.example.com".',
    cloudFormation:
      'Write `DomainName` as a host name, e.g. api.example.com or *.example.com; the path is in the mapping.',
  },
  link: guide('how-to-custom-domains'),
  *check(model) {
    for (const { name, location } of domainsOf(model).all) {
      const fault = isKnown(name) && name !== '' && !name.includes('{{') ? faultOf(name) : undefined;
      if (fault !== undefined) {
        yield { location: inside(location, 'DomainName'), message: `the domain name "${String(name)}" ${fault}` };
      }
    }
  },
};
