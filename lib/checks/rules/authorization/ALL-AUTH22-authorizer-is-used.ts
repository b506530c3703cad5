import { UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { allApisOf, routesOfApi } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-AUTH22',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Every declared authorizer guards a route',
  why: 'An authorizer that no route uses guards nothing. Usually a route was meant to use it.',
  fix: {
    library: 'Set it as `defaultAuthorizer` or as `authorizer` of a route, or delete it.',
    l2:
      'Pass it as `authorizer` in `addMethod(…)` or `addRoutes(…)`, or in `defaultMethodOptions` or `defaultAuthorizer` ' +
      'of the API, or delete it.',
    cloudFormation:
      'Refer to it in the `AuthorizerId` of a method or route or in the `security` of an OpenAPI operation, or delete it.',
  },
  link: guide('apigateway-control-access-to-api'),
  *check(model) {
    for (const api of allApisOf(model)) {
      const routes = routesOfApi(api);
      if (api.form === 'opaque' || routes.some(({ authorizer }) => authorizer === UNKNOWN)) {
        continue;
      }
      const used = new Set<unknown>(routes.map(({ authorizer }) => authorizer));
      for (const authorizer of api.authorizers) {
        if (!used.has(authorizer)) {
          yield { location: authorizer.location, message: `authorizer "${authorizer.key}" is used by no route` };
        }
      }
    }
  },
};
