import { grouped } from '../../../lookup/grouped';
import { UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, listed, routeOf } from '../../queries/common';

const ROUTE_KEY = '$context.routeKey';

export const rule: Rule = {
  id: 'HTTP-AUTH14',
  appliesTo: ['http'],
  severity: 'warning',
  title: 'A cached simple response of an authorizer applies to one route',
  why:
    'A simple response does not mention routes: until the cache expires, the response for the first route applies to ' +
    'every other route of the same caller. A caller who may read may then write and delete.',
  fix: {
    library:
      'Omit `cacheAcrossRoutes` of `HttpAuthorizer.lambda(…)` so that the route is part of the cache key, or set ' +
      '`simpleResponses: false` and return a policy.',
    l2:
      'Add `$context.routeKey` to `identitySource` of the `HttpLambdaAuthorizer`, or set `responseTypes: ' +
      '[HttpLambdaResponseType.IAM]` and return a policy.',
    cloudFormation: 'Add `$context.routeKey` to `IdentitySource`.',
  },
  link: guide('http-api-lambda-authorizer'),
  *check(model) {
    for (const api of model.httpApis) {
      const guarded = grouped(api.routes, (route) => route.authorizer);
      for (const authorizer of api.authorizers) {
        const { enableSimpleResponses, resultTtlInSeconds: ttl, identitySource, key, location } = authorizer;
        const isCached = enableSimpleResponses === true && typeof ttl === 'number' && ttl > 0;
        if (!isCached || identitySource === UNKNOWN || identitySource.includes(ROUTE_KEY)) {
          continue;
        }
        const routes = guarded.get(authorizer) ?? [];
        if (routes.length > 1) {
          yield {
            location,
            message: `authorizer "${key}" caches one simple response for ${ttl} s, for all of ${listed(routes.map(routeOf))}`,
            key,
          };
        }
      }
    }
  },
};
