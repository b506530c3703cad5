import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-ROUTE13',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'A WebSocket API responds to unknown messages',
  why: 'A message that is not JSON, or that matches no route, goes to `$default`. Without that route the client receives an error without details.',
  fix: {
    library: 'Add a route `$default` that tells the client what is wrong with the message.',
    l2: 'Set `defaultRouteOptions` on the `WebSocketApi` with an integration that tells the client what is wrong with the message.',
    cloudFormation:
      'Add an `AWS::ApiGatewayV2::Route` with `RouteKey: $default` that tells the client what is wrong with the message.',
  },
  link: guide('websocket-api-develop-routes'),
  *check(model) {
    for (const { routes, location } of model.webSocketApis) {
      const mayHave = routes.some(({ routeKey }) => !isKnown(routeKey) || routeKey === '$default');
      // Without any the routes are elsewhere.
      if (routes.length > 0 && !mayHave) {
        yield { location, message: 'the WebSocket API has no route $default' };
      }
    }
  },
};
