import { type Rule } from '../../rule';
import { guide, knownAnd, onRoute } from '../../queries/common';
import { webSocketRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'WS-AUTH5',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'Only $connect of a WebSocket API has an authorizer',
  why:
    'API Gateway authorizes a connection when it is opened, and never again. On any other route the authorizer is never asked, though the template reads ' +
    'as if it were.',
  fix: {
    library:
      'Set `authorizer` on `$connect` of the `WebSocketGateway`, and check in the function what a caller may send.',
    l2:
      'Set `authorizer` in `connectRouteOptions` of the `WebSocketApi` only, and check in the function what a caller ' +
      'may send.',
    cloudFormation:
      'Set `AuthorizationType` and `AuthorizerId` on the route `$connect` only, and check in the function what a caller ' +
      'may send.',
  },
  link: guide('apigateway-websocket-api-route-keys-connect-disconnect'),
  *check(model) {
    for (const { route } of webSocketRoutesOf(model)) {
      const { routeKey, authorizationType: type, authorizer } = route;
      const isOther = knownAnd(routeKey, (key) => key !== '$connect');
      if (isOther && (authorizer !== undefined || knownAnd(type, (known) => known !== 'NONE'))) {
        yield onRoute(route, 'has an authorization that is never asked for: the service looks at $connect only');
      }
    }
  },
};
