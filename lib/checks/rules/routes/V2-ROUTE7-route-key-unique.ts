import { type HttpApi, type V2Route, type WebSocketApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';

/** The key with its variables unnamed: two that differ by a name alone take the same requests. */
const unnamed = (key: string): string => key.replace(/\{[^{}+]*(\+?)\}/g, '{$1}');

function* twice({ kind, routes }: HttpApi | WebSocketApi): Iterable<Violation> {
  const first = new Map<string, V2Route>();
  for (const route of routes) {
    const { routeKey, conditional, location } = route;
    if (!isKnown(routeKey) || conditional === true) {
      continue;
    }
    const key = kind === 'http' ? unnamed(routeKey) : routeKey;
    const other = first.get(key);
    if (!other) {
      first.set(key, route);
    } else if (other.routeKey === routeKey) {
      yield onRoute(route, `is defined by ${location.logicalId} and by ${other.location.logicalId}`);
    } else {
      yield onRoute(route, `differs from ${String(other.routeKey)} only by the name of a variable`);
    }
  }
}

export const rule: Rule = {
  id: 'V2-ROUTE7',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A route key is unique',
  why: 'API Gateway rejects the second one with "Route with key … already exists for this API", or "has a conflicting variable on the same hierarchical level", and the stack rolls back.',
  fix: {
    library: 'Keep one of the two, and use the same variable name everywhere.',
    l2: 'Keep one of the two calls of `addRoutes(…)` or `addRoute(…)`, and use the same variable name everywhere.',
    cloudFormation:
      'Keep one `AWS::ApiGatewayV2::Route` for each `ApiId` and `RouteKey`; if you rename one, keep its logical id.',
  },
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    for (const api of v2ApisOf(model)) {
      yield* twice(api);
    }
  },
};
