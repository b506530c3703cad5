import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-CORS3',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'A preflight needs no credentials',
  why: 'Browsers send OPTIONS without Authorization header and without key: it is refused, and then so is the real request.',
  fix: {
    library: 'Let `cors` of the gateway answer the preflight, which it does without authorizer and key.',
    l2:
      'Let `defaultCorsPreflightOptions` (`corsPreflight` of an `HttpApi`) answer the preflight, or set ' +
      '`authorizationType: AuthorizationType.NONE` and `apiKeyRequired: false` in `addMethod("OPTIONS", …)`.',
    cloudFormation:
      'Set `AuthorizationType: NONE` and `ApiKeyRequired: false` of the OPTIONS method (or route of an HTTP API); in ' +
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
        yield onRoute(route, `asks for authorization (${type}), which a preflight never carries`);
      } else if (route.apiKeyRequired === true) {
        yield onRoute(route, 'asks for an API key, which a preflight never carries');
      }
    }
  },
};
