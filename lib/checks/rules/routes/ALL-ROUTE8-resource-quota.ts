import { RESOURCES_PER_API } from '../../../facts/quotas';
import { type AnyApi, type RestApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { allApisOf } from '../../queries/v2';
import { textKey } from '../../../template/model/text';

const NEAR = 250;

/** Every prefix of a path is a resource; the root, which every API has, is not counted. */
function resourcesOf(api: RestApi): number {
  const resources = new Set<string>();
  for (const method of api.methods) {
    const path = textKey(method.path);
    for (let at = path.length; at > 0 && !resources.has(path.slice(0, at)); at = path.lastIndexOf('/', at - 1)) {
      resources.add(path.slice(0, at));
    }
  }
  resources.delete('/');
  return resources.size;
}

const countOf = (api: AnyApi): [number, string] =>
  api.kind === 'rest' ? [resourcesOf(api), 'resources'] : [api.routes.length, 'routes'];

export const rule: Rule = {
  id: 'ALL-ROUTE8',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: `An API stays within ${RESOURCES_PER_API} resources or routes`,
  why: `The quota "Resources per API" ("Routes per API" of HTTP and WebSocket APIs) is ${RESOURCES_PER_API} unless AWS raises it; a deployment that exceeds it rolls back.`,
  fix: {
    library:
      'Request an increase of the quota for the account and Region, split the API behind one `ApiDomain`, or handle ' +
      'deep paths with one `{proxy+}` route.',
    l2:
      'Request an increase of the quota for the account and Region, split the API behind one `DomainName`, or handle ' +
      'deep paths with one `addProxy()` (a `{proxy+}` route for an HTTP API).',
    cloudFormation:
      'Request an increase of the quota for the account and Region, or define fewer resources, routes or `paths` in ' +
      'the Body.',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    for (const api of allApisOf(model)) {
      const [count, what] = countOf(api);
      if (count > NEAR) {
        const over = count > RESOURCES_PER_API;
        yield {
          location: api.location,
          message: `the API has ${count} ${what}; the quota is ${RESOURCES_PER_API} unless raised`,
          severity: over ? 'warning' : 'info',
        };
      }
    }
  },
};
