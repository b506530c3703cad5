import { type HttpApi, type V2Route } from '../../../template/model';
import { isKnown } from '../../../template/value';
import { type Rule, type Violation } from '../../rule';
import { guide, onRoute } from '../../support';

/** `/a/{proxy+}` → `/a/`, which every path it takes begins with; undefined for another path. */
const greedyPrefix = (path = ''): string | undefined => /^(.*\/)\{[^{}]+\+\}$/.exec(path)?.[1];

const isAuthorized = ({ authorizationType: type }: V2Route): boolean => isKnown(type) && type !== 'NONE';

/** Whether the open route takes the preflights of the one that asks for an identity. */
function answersFor(open: V2Route, route: V2Route): boolean {
  if (open.httpMethod !== 'OPTIONS' || isAuthorized(open)) {
    return false;
  }
  const plain = (path = ''): string => path.replace(/\{[^{}]*\}/g, '{}');
  const prefix = greedyPrefix(open.path);
  // What no other route takes may have any path.
  return plain(open.path) === plain(route.path) || (prefix !== undefined && (route.path ?? '/').startsWith(prefix));
}

const catchesPreflights = (route: V2Route): boolean => route.routeKey === '$default' || route.httpMethod === 'ANY';

function* barred(api: HttpApi): Iterable<Violation> {
  const caught = api.routes.filter((route) => isAuthorized(route) && catchesPreflights(route));
  // One of the routes that cannot be told may be the one that is missed.
  if (caught.length === 0 || !api.routes.every(({ routeKey }) => isKnown(routeKey))) {
    return;
  }
  for (const route of caught) {
    if (!api.routes.some((one) => answersFor(one, route))) {
      yield {
        ...onRoute(route, 'asks preflights for an identity, too, which they never carry'),
        ...(route.routeKey !== '$default' && greedyPrefix(route.path) === undefined && { severity: 'warning' }),
      };
    }
  }
}

export const rule: Rule = {
  id: 'HTTP-CORS11',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A route for all methods lets preflights through',
  why:
    '`$default` and `ANY` take OPTIONS as well, before CORS of the API answers it: with an authorizer the preflight is refused, and so is every call of a page. ' +
    'AWS says so of `$default`; for `ANY` on a single path it is derived, and a warning.',
  fix: {
    library:
      'Name the methods, or add a route `OPTIONS /{proxy+}` with `authorizer: HttpAuthorizer.none("preflight")`.',
    l2:
      'Name the `methods` in `addRoutes(…)`, or add a route for `HttpMethod.OPTIONS` with `authorizer: new ' +
      'HttpNoneAuthorizer()`.',
    cloudFormation:
      'Add an `AWS::ApiGatewayV2::Route` `OPTIONS /{proxy+}` with `AuthorizationType: NONE`, or an OPTIONS operation ' +
      'without `security` in the Body.',
  },
  link: guide('http-api-cors'),
  *check(model) {
    for (const api of model.httpApis) {
      if (api.corsConfiguration !== undefined) {
        yield* barred(api);
      }
    }
  },
};
