import { ROUTING_RULES_PER_DOMAIN } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { domainLabel, domainsOf } from '../../queries/domains';

export const rule: Rule = {
  id: 'DOM21',
  appliesTo: ['domain'],
  severity: 'warning',
  title: `A domain stays within ${ROUTING_RULES_PER_DOMAIN} routing rules`,
  why: `The quota "Routing rules per domain" is ${ROUTING_RULES_PER_DOMAIN} unless AWS raises it; a deployment that exceeds it rolls back.`,
  fix: {
    library: 'Request an increase of the quota, or map paths with `ApiDomain.map`.',
    cloudFormation:
      'Request an increase of the quota, or write an `AWS::ApiGatewayV2::ApiMapping` instead of a rule that has only a path condition.',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    for (const domain of domainsOf(model).all) {
      const count = domainsOf(model).rulesOf(domain).length;
      if (count > ROUTING_RULES_PER_DOMAIN) {
        yield {
          location: domain.location,
          message: `${domainLabel(domain)} has ${count} routing rules; the quota is ${ROUTING_RULES_PER_DOMAIN} unless raised`,
        };
      }
    }
  },
};
