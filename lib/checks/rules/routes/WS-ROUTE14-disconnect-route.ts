import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-ROUTE14',
  appliesTo: ['websocket'],
  severity: 'info',
  title: 'A WebSocket API handles disconnects',
  why: 'Connections that the back end keeps in a table stay there forever unless `$disconnect` removes them. API Gateway calls it on a best-effort basis. This is derived, and a hint.',
  fix: {
    library: 'Add a route `$disconnect`, and a time to live on the table.',
    l2: 'Set `disconnectRouteOptions` on the `WebSocketApi`, and a time to live on the table.',
    cloudFormation: 'Add an `AWS::ApiGatewayV2::Route` with `RouteKey: $disconnect`, and a time to live on the table.',
  },
  link: guide('apigateway-websocket-api-route-keys-connect-disconnect'),
  *check(model) {
    for (const { routes, location } of model.webSocketApis) {
      const mayHave = routes.some(({ routeKey }) => !isKnown(routeKey) || routeKey === '$disconnect');
      // Without any the routes are elsewhere.
      if (routes.length > 0 && !mayHave) {
        yield { location, message: 'the WebSocket API has no route $disconnect' };
      }
    }
  },
};
