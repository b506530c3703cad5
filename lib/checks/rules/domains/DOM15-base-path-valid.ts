import { MAPPING_KEY } from '../../../facts/names';
import { MAPPING_KEY_MAX_CHARACTERS, MULTI_LEVEL_MAPPINGS_PER_DOMAIN } from '../../../facts/quotas';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { type Domain, domainLabel, type DomainPath, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM15',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'The paths of a domain are valid',
  why: "A path has letters, digits and $-_.+!*'()/, and up to 300 characters; several levels require an ApiMapping, a Regional domain and TLS 1.2. API Gateway rejects any other mapping.",
  fix: {
    library: 'Write `path` without leading and trailing slashes; `ApiDomain` uses the right kind of mapping.',
    l2:
      'Use `domain.addApiMapping(stage, { basePath: "orders/v1" })` for several levels, and write `basePath` without ' +
      'leading and trailing slashes.',
    cloudFormation:
      'Use an `AWS::ApiGatewayV2::ApiMapping` for several levels, and write `ApiMappingKey` (or `BasePath`) without ' +
      'leading and trailing slashes.',
  },
  link: guide('rest-api-mappings'),
  *check(model) {
    for (const { key, via, domain, location } of domainsOf(model).paths) {
      // The value that stands for the whole name in base path mappings.
      if (!isKnown(key) || key === '' || (key === '(none)' && via !== 'ApiMapping')) {
        continue;
      }
      const wrong = faultOf(key) ?? (key.includes('/') ? levelFault(via, domain) : undefined);
      if (wrong !== undefined) {
        yield { location, message: `the path "${key}" ${wrong}` };
      }
    }
    for (const domain of domainsOf(model).all) {
      const count = domainsOf(model)
        .pathsOf(domain)
        .filter(({ key }) => isKnown(key) && key.includes('/')).length;
      if (count > MULTI_LEVEL_MAPPINGS_PER_DOMAIN) {
        yield { location: domain.location, message: `${domainLabel(domain)} has ${count} paths of several levels` };
      }
    }
  },
};

function faultOf(key: string): string | undefined {
  if (!MAPPING_KEY.test(key)) {
    return "has other characters than letters, digits and $-_.+!*'()/";
  }
  if (key.startsWith('/') || key.endsWith('/') || key.includes('//')) {
    return 'has a leading or trailing "/", or two in a row';
  }
  return key.length > MAPPING_KEY_MAX_CHARACTERS ? `has ${key.length} characters` : undefined;
}

function levelFault(via: DomainPath['via'], domain: Domain | undefined): string | undefined {
  if (via !== 'ApiMapping') {
    return `has several levels, which a ${via} does not support`;
  }
  if (domain && isKnown(domain.endpointTypes) && !domain.endpointTypes.includes('REGIONAL')) {
    return `has several levels, and the domain is ${domain.endpointTypes.join(', ')}`;
  }
  return domain?.securityPolicy === 'TLS_1_0' ? 'has several levels, and the domain has TLS_1_0' : undefined;
}
