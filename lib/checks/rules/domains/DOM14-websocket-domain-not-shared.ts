import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { apiLabel, domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM14',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'WebSocket APIs share no domain with REST and HTTP APIs',
  why: 'API Gateway rejects the second mapping: the two kinds of API use different protocols.',
  fix: {
    library: 'Create a separate `ApiDomain` for WebSocket APIs.',
    l2: 'Create a separate `DomainName` for WebSocket APIs.',
    cloudFormation: 'Create two domain names, one of them for WebSocket APIs.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const paths = domainsOf(model).pathsOf(domain);
      const other = paths.find(({ api }) => api.kind === 'rest' || api.kind === 'http');
      for (const { api, location } of other ? paths : []) {
        if (other && api.kind === 'websocket') {
          yield {
            location,
            message: `${apiLabel(api)} is on ${domainLabel(domain)}, and so is ${apiLabel(other.api)}`,
          };
        }
      }
    }
  },
};
