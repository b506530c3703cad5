import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, onMethod, resourceKey } from '../../queries/common';

export const rule: Rule = {
  id: 'ALL-ROUTE9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A route behind a custom domain is not named /ping or /sping',
  why: 'API Gateway uses both paths for health checks. Through a custom domain the service itself responds to them, and the route is never called.',
  fix: {
    library: 'Choose another name for the route, e.g. `GET /health`.',
    l2: 'Choose another name in `addResource(…)`, e.g. `health`.',
    cloudFormation: 'Choose another `PathPart` of the resource, or another path in the Body, e.g. `health`.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    const mapped = new Set(model.domainMappings.flatMap(({ api }) => (isKnown(api) ? resourceKey(api) : [])));
    for (const api of mapped.size > 0 ? model.restApis : []) {
      for (const method of mapped.has(resourceKey(api.location)) ? api.methods : []) {
        if (method.path === '/ping' || method.path === '/sping') {
          yield onMethod(method, 'is handled by API Gateway itself through the custom domain');
        }
      }
    }
  },
};
