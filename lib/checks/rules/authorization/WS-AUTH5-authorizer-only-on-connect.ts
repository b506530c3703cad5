import { type Rule } from '../../rule';
import { guide, knownAnd, onRoute } from '../../queries/common';
import { webSocketRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'WS-AUTH5',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'Only $connect of a WebSocket API has an authorizer',
  why:
    'API Gateway authorizes a connection only when it is opened. On any other route it never calls the authorizer, ' +
    'although the template looks as if it did.',
  fix: {
    library:
      'Set `authorizer` on `$connect` of the `WebSocketGateway`, and check in the function what a client may send.',
    l2:
      'Set `authorizer` in `connectRouteOptions` of the `WebSocketApi` only, and check in the function what a client ' +
      'may send.',
    cloudFormation:
      'Set `AuthorizationType` and `AuthorizerId` on the route `$connect` only, and check in the function what a ' +
      'client may send.',
  },
  link: guide('apigateway-websocket-api-route-keys-connect-disconnect'),
  *check(model) {
    for (const { route } of webSocketRoutesOf(model)) {
      const { routeKey, authorizationType: type, authorizer } = route;
      const isOther = knownAnd(routeKey, (key) => key !== '$connect');
      if (isOther && (authorizer !== undefined || knownAnd(type, (known) => known !== 'NONE'))) {
        yield onRoute(route, 'has authorization that is never applied: API Gateway authorizes $connect only');
      }
    }
  },
};
