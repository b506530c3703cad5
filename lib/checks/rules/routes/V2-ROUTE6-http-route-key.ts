import { HTTP_METHODS } from '../../../facts/names';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';
import { httpRoutesOf } from '../../queries/v2';

const ROUTE_KEY = new RegExp(`^(${HTTP_METHODS.join('|')}) /\\S*$`);

export const rule: Rule = {
  id: 'V2-ROUTE6',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A route of an HTTP API is a method and a path, or $default',
  why: 'API Gateway rejects any other route key, and the stack rolls back: the method is uppercase, the path starts with a slash, and one space separates them.',
  fix: {
    library: 'Write the key in `routes` as "GET /orders/{id}", "ANY /{proxy+}" or "$default".',
    l2:
      'Write `path` in `addRoutes(…)` as "/orders/{id}" with `methods`, or use `HttpRouteKey.with("/orders/{id}", ' +
      'HttpMethod.GET)` or `HttpRouteKey.DEFAULT`.',
    cloudFormation:
      'Write `RouteKey` of the `AWS::ApiGatewayV2::Route` as "GET /orders/{id}", "ANY /{proxy+}" or "$default", or ' +
      'correct the path in the Body.',
  },
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    for (const { route } of httpRoutesOf(model)) {
      const { routeKey } = route;
      if (isKnown(routeKey) && routeKey !== '$default' && !ROUTE_KEY.test(routeKey)) {
        yield onRoute(route, `is not a route key: write "METHOD /path" (${HTTP_METHODS.join(', ')}) or $default`);
      }
    }
  },
};
