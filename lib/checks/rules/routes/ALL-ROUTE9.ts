import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, onMethod, resourceKey } from '../../queries/common';

export const rule: Rule = {
  id: 'ALL-ROUTE9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'No route behind a custom domain is named /ping or /sping',
  why: 'Both paths belong to the health check of API Gateway itself. Through a custom domain the service answers them, and the route is never called.',
  fix: {
    library: 'Name the route otherwise, e.g. `GET /health`.',
    l2: 'Name the resource otherwise in `addResource(…)`, e.g. `health`.',
    cloudFormation: 'Name `PathPart` of the resource, or the path in the Body, otherwise, e.g. `health`.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    const mapped = new Set(model.domainMappings.flatMap(({ api }) => (isKnown(api) ? resourceKey(api) : [])));
    for (const api of mapped.size > 0 ? model.restApis : []) {
      for (const method of mapped.has(resourceKey(api.location)) ? api.methods : []) {
        if (method.path === '/ping' || method.path === '/sping') {
          yield onMethod(method, 'is answered by API Gateway itself, through the custom domain');
        }
      }
    }
  },
};
