import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { webSocketRoutesOf } from '../../queries/v2';

const ONLY = '$default';

export const rule: Rule = {
  id: 'WS-ROUTE15',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'A route response has the key $default',
  why: 'API Gateway supports no other key for a route response, and no other expression that selects one: anything else is rejected, and the stack rolls back.',
  fix: {
    library: 'Set `returnResponse: true` on the route, which creates both.',
    l2: 'Set `returnResponse: true` in `addRoute(…)`, which creates both.',
    cloudFormation:
      'Set `RouteResponseSelectionExpression: $default` on the route, and `RouteResponseKey: $default` of its ' +
      '`AWS::ApiGatewayV2::RouteResponse`.',
  },
  link: guide('apigateway-websocket-api-selection-expressions'),
  *check(model) {
    for (const { route } of webSocketRoutesOf(model)) {
      const { routeResponseSelectionExpression: expression, responses } = route;
      if (isKnown(expression) && expression !== ONLY) {
        yield onRoute(route, `has RouteResponseSelectionExpression "${expression}"; only ${ONLY} is supported`);
      }
      for (const { routeResponseKey, location } of responses) {
        if (isKnown(routeResponseKey) && routeResponseKey !== ONLY) {
          yield onRoute(route, `has RouteResponseKey "${routeResponseKey}"; only ${ONLY} is supported`, location);
        }
      }
    }
  },
};
