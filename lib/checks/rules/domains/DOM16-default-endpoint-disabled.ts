import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, resourceKey } from '../../queries/common';
import { apiLabel, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM16',
  appliesTo: ['domain'],
  severity: 'info',
  title: 'An API with a custom domain has no default endpoint',
  why: 'The setup of the domain (certificate, firewall, logging in front of it) does not apply to the execute-api endpoint, which stays reachable.',
  fix: {
    library: 'Omit `disableExecuteApiEndpoint`: `ApiDomain` disables the endpoint.',
    l2: 'Set `disableExecuteApiEndpoint: true` on the `RestApi` or `HttpApi`; for a `WebSocketApi` set it on its `CfnApi`.',
    cloudFormation: 'Set `DisableExecuteApiEndpoint: true`, and deploy the API.',
  },
  link: guide('rest-api-disable-default-endpoint'),
  *check(model) {
    const seen = new Set<string>();
    // With mutual TLS it is more than a hint: DOM7.
    for (const { domain, api } of domainsOf(model).paths.filter((path) => !path.domain?.mutualTls)) {
      const { ref, disableExecuteApiEndpoint: off, endpointTypes } = api;
      const isPrivate = !isKnown(endpointTypes) || endpointTypes.includes('PRIVATE');
      if (!ref || isPrivate || (off !== undefined && off !== false) || seen.has(resourceKey(ref))) {
        continue;
      }
      seen.add(resourceKey(ref));
      yield {
        location: { ...ref, path: ['Properties'] },
        message: `${apiLabel(api)} is behind ${domain ? domainLabel(domain) : 'a domain'}, and its default endpoint is enabled`,
      };
    }
  },
};
