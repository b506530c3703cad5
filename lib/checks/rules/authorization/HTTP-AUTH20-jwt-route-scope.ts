import { type V2Authorizer, type V2Route } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, listed, routeOf } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-AUTH20',
  appliesTo: ['http'],
  severity: 'info',
  title: 'A route with a JWT authorizer requires a scope',
  why:
    'Only a scope distinguishes an access token from an ID token: without one, a token that was issued to say who ' +
    'signed in opens the route too. An audience that is used only for access tokens has the same effect.',
  fix: {
    library: 'Set `scopes` of `HttpAuthorizer.jwt(…)` or of the route.',
    l2: 'Set `defaultAuthorizationScopes` on the `HttpApi`, or `authorizationScopes` in `addRoutes(…)`.',
    cloudFormation: 'Set `AuthorizationScopes` on the route, or the list in `security` of the OpenAPI operation.',
  },
  link: guide('http-api-jwt-authorizer'),
  *check(model) {
    for (const api of model.httpApis) {
      const open = new Map<V2Authorizer, V2Route[]>();
      for (const route of api.routes) {
        const { authorizer, scopes, authorizationType } = route;
        if (authorizationType === 'JWT' && isKnown(authorizer) && isKnown(scopes) && scopes.length === 0) {
          open.set(authorizer, [...(open.get(authorizer) ?? []), route]);
        }
      }
      // One for all routes of an authorizer: they have the same cause.
      for (const [{ key, location }, routes] of open) {
        yield { location, message: `authorizer "${key}" requires no scope on ${listed(routes.map(routeOf))}`, key };
      }
    }
  },
};
