import { type Rule } from '../../rule';
import { guide, resourceKey } from '../../queries/common';
import { apiLabel, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM7',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'An API behind mutual TLS has no default endpoint',
  why: 'Clients without a certificate bypass the domain through the execute-api endpoint, which requires none.',
  fix: {
    library: 'Omit `disableExecuteApiEndpoint`: `ApiDomain` disables the endpoint.',
    l2: 'Set `disableExecuteApiEndpoint: true` on every `RestApi` and `HttpApi` of the domain.',
    cloudFormation: 'Set `DisableExecuteApiEndpoint: true` on every API of the domain.',
  },
  link: guide('rest-api-disable-default-endpoint'),
  *check(model) {
    const seen = new Set<string>();
    for (const domain of domainsOf(model).all.filter(({ mutualTls }) => mutualTls)) {
      for (const { ref, ...api } of domainsOf(model).behind(domain)) {
        const isOn = api.disableExecuteApiEndpoint === undefined || api.disableExecuteApiEndpoint === false;
        if (!ref || !isOn || seen.has(resourceKey(ref))) {
          continue;
        }
        seen.add(resourceKey(ref));
        yield {
          location: { ...ref, path: ['Properties'] },
          message: `${apiLabel({ ref, ...api })} is behind ${domainLabel(domain)}, which has mutual TLS, but its default endpoint is enabled`,
        };
      }
    }
  },
};
