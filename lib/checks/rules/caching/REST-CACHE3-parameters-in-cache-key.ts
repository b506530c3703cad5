import { type Integration, type Method } from '../../../template/model/model';
import { isKnown, knownOr } from '../../../template/model/value';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { guide, listed, onMethod, pathVariables, stageLabel } from '../../queries/common';
import { at } from '../../../lookup/named';

const QUERY = /^method\.request\.(?:multivalue)?querystring\./;

/** Path variables that are not in the key, and query parameters if none is. */
function unkeyed(method: Method, integration: Integration): string[] {
  const { cacheKeyParameters: keys, requestParameters: mapped } = integration;
  if (!isKnown(keys) || (keys.length > 0 && !isKnown(mapped)) || integration.type === 'MOCK') {
    return [];
  }
  const isInKey = (name: string): boolean => keys.some((key) => key === name || at(knownOr(mapped, {}), key) === name);
  const names = pathVariables(method.path).map((name) => `method.request.path.${name}`);
  const unkeyedNames = names.filter((name) => !isInKey(name));
  return keys.length > 0
    ? unkeyedNames
    : [...unkeyedNames, ...Object.keys(knownOr(method.requestParameters, {})).filter((name) => QUERY.test(name))];
}

export const rule: Rule = {
  id: 'REST-CACHE3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The cache key of a method contains its parameters',
  why: 'The cache distinguishes responses only by the key. If the parameter is not in it, GET /orders/1 gets the cached response of GET /orders/2.',
  fix: {
    library:
      'Turn caching on with `cache` of the route: the key then consists of path variables and declared query parameters.',
    l2:
      'List the parameters in `cacheKeyParameters` of the integration, e.g. `method.request.path.id`, and in ' +
      '`requestParameters` of `addMethod(…)`.',
    cloudFormation:
      'List `method.request.path.<name>` for each variable in `CacheKeyParameters` of the integration and in ' +
      '`RequestParameters` of the method.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { method, integration, stage } of cachedMethods(model)) {
      const names = unkeyed(method, integration);
      if (names.length > 0) {
        yield onMethod(
          method,
          `is cached by ${stageLabel(stage)} without ${listed(names)} in the cache key: callers get each other's responses`,
        );
      }
    }
  },
};
