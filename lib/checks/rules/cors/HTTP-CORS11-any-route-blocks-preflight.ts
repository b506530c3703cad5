import { type HttpApi, type V2Route } from '../../../template/model/model';
import { outline, type Text } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, onRoute } from '../../queries/common';

/** `/a/{proxy+}` → `/a/`, which every path it takes begins with; undefined for another path. */
const greedyPrefix = (path?: Text): string | undefined => /^(.*\/)\{[^{}]+\+\}$/.exec(outline(path))?.[1];

const isAuthorized = ({ authorizationType: type }: V2Route): boolean => isKnown(type) && type !== 'NONE';

const plain = (path?: Text): string => outline(path).replace(/\{[^{}]*\}/g, '{}');

/** For a route that requires an identity, determines whether an open route matches its preflights. */
function answered({ routes }: HttpApi): (route: V2Route) => boolean {
  const open = routes.filter((route) => route.httpMethod === 'OPTIONS' && !isAuthorized(route));
  const paths = new Set(open.map(({ path }) => plain(path)));
  const prefixes = new Set(open.flatMap(({ path }) => greedyPrefix(path) ?? []));
  return (route) => {
    // What no other route takes may have any path.
    const path = outline(route.path ?? '/');
    const isBelow = [...path.matchAll(/\//g)].some(({ index }) => prefixes.has(path.slice(0, index + 1)));
    return isBelow || paths.has(plain(route.path));
  };
}

const catchesPreflights = (route: V2Route): boolean => route.routeKey === '$default' || route.httpMethod === 'ANY';

function* barred(api: HttpApi): Iterable<Violation> {
  const caught = api.routes.filter((route) => isAuthorized(route) && catchesPreflights(route));
  // One of the unknown routes may be the missing one.
  if (caught.length === 0 || !api.routes.every(({ routeKey }) => isKnown(routeKey))) {
    return;
  }
  const isAnswered = answered(api);
  for (const route of caught) {
    if (!isAnswered(route)) {
      yield {
        ...onRoute(route, 'also requires authorization for preflights, which never send credentials'),
        ...(route.routeKey !== '$default' && greedyPrefix(route.path) === undefined && { severity: 'warning' }),
      };
    }
  }
}

export const rule: Rule = {
  id: 'HTTP-CORS11',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A route for all methods does not block preflights',
  why:
    '`$default` and `ANY` also match OPTIONS, before the CORS configuration of the API responds: with an authorizer ' +
    'the preflight is rejected, and so is every call of a page. AWS documents this for `$default`; for `ANY` on a ' +
    'single path it is derived, and a warning.',
  fix: {
    library:
      'List the methods, or add a route `OPTIONS /{proxy+}` with `authorizer: HttpAuthorizer.none("preflight")`.',
    l2:
      'List the `methods` in `addRoutes(…)`, or add a route for `HttpMethod.OPTIONS` with `authorizer: new ' +
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
