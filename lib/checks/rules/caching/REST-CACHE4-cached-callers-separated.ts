import { type Integration, type Method } from '../../../template/model/model';
import { outline } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { guide, isOpen, onMethod, stageLabel } from '../../queries/common';
import { at } from '../../../lookup/named';

/** Whether callers may tell themselves apart in the key; any header may do so. */
function tellsCallers(method: Method, { cacheKeyParameters, requestParameters }: Integration): boolean {
  if (!isKnown(cacheKeyParameters) || (cacheKeyParameters.length > 0 && !isKnown(requestParameters))) {
    return true;
  }
  const sources = isKnown(method.authorizer) ? method.authorizer.identitySource : '';
  return (
    typeof sources === 'symbol' ||
    cacheKeyParameters.some(
      (key) =>
        key.startsWith('method.request.header.') ||
        (sources ?? '').split(',').some((source) => source.trim() === key) ||
        /^(context\.|method\.request\.header\.)/.test(outline(at(knownOr(requestParameters, {}), key))),
    )
  );
}

export const rule: Rule = {
  id: 'REST-CACHE4',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A cached route separates its callers',
  why:
    'API Gateway looks in the cache after the authorizer, and only by the cache key. If the response depends on the ' +
    'caller, one caller gets the data of another.',
  fix: {
    library:
      'Omit `perCaller` of `cache` on a route with an authorizer; set it to `false` only if all callers may see the ' +
      'same response.',
    l2:
      'Add `method.request.header.Authorization` to `cacheKeyParameters` of the integration and to `requestParameters` ' +
      'of `addMethod(…)`.',
    cloudFormation:
      'Add `method.request.header.Authorization` to `CacheKeyParameters` of the integration and to `RequestParameters` ' +
      'of the method.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { method, integration, stage } of cachedMethods(model)) {
      if (isKnown(method.authorizationType) && !isOpen(method) && !tellsCallers(method, integration)) {
        yield onMethod(
          method,
          `has an authorizer, and is cached by ${stageLabel(stage)} under a key that does not distinguish callers`,
          integration.location,
        );
      }
    }
  },
};
