import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-CORS3',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'A preflight needs no credentials',
  why: 'Browsers send OPTIONS without an Authorization header and without an API key. If it is rejected, the browser does not send the real request.',
  fix: {
    library: 'Let the `cors` of the gateway respond to the preflight: it requires no authorizer and no key.',
    l2:
      'Let `defaultCorsPreflightOptions` (`corsPreflight` of an `HttpApi`) respond to the preflight, or set ' +
      '`authorizationType: AuthorizationType.NONE` and `apiKeyRequired: false` in `addMethod("OPTIONS", …)`.',
    cloudFormation:
      'Set `AuthorizationType: NONE` and `ApiKeyRequired: false` on the OPTIONS method (or route of an HTTP API); in ' +
      'OpenAPI `security: []` of the operation.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      if (!isPreflight(route)) {
        continue;
      }
      const { authorizationType: type } = route;
      if (isKnown(type) && type !== 'NONE') {
        yield onRoute(route, `requires authorization (${type}), which a preflight never sends`);
      } else if (route.apiKeyRequired === true) {
        yield onRoute(route, 'requires an API key, which a preflight never sends');
      }
    }
  },
};
