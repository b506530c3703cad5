import { DEFAULT_AUTHORIZER_TTL_SECONDS } from '../../../facts/enumerations';
import { grouped } from '../../../lookup/grouped';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, listed, routeOf } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH15',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'The policy of a cached authorizer covers every route it guards',
  why:
    'The policy that the function returns for one route is used for all routes of the authorizer until the cache ' +
    'expires. A policy with the ARN of a single method (`event.methodArn`) causes intermittent 403 responses on the ' +
    'other routes.',
  fix: {
    library:
      'Return `execute-api:Invoke` on all routes that the caller may reach (`<api>/<stage>/*`), or set ' +
      '`resultsCacheTtl: Duration.seconds(0)`.',
    l2:
      'Return `execute-api:Invoke` on all routes that the caller may reach (`<api>/<stage>/*`), or set ' +
      '`resultsCacheTtl: Duration.seconds(0)` on the authorizer.',
    cloudFormation:
      'Return `execute-api:Invoke` on all routes that the caller may reach (`<api>/<stage>/*`), or set ' +
      '`AuthorizerResultTtlInSeconds: 0`.',
  },
  link: guide('configure-api-gateway-lambda-authorization-with-console'),
  *check(model) {
    for (const api of model.restApis) {
      const guarded = grouped(api.methods, ({ authorizer }) => (isKnown(authorizer) ? authorizer.key : undefined));
      for (const { type, key, location, resultTtlInSeconds } of api.authorizers) {
        const ttl = resultTtlInSeconds ?? DEFAULT_AUTHORIZER_TTL_SECONDS;
        if ((type !== 'TOKEN' && type !== 'REQUEST') || typeof ttl !== 'number' || ttl <= 0) {
          continue;
        }
        const routes = guarded.get(key) ?? [];
        if (routes.length > 1) {
          yield {
            location,
            message: `authorizer "${key}" caches its policy for ${ttl} s, for all of ${listed(routes.map(routeOf))}`,
          };
        }
      }
    }
  },
};
