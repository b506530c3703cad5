import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-ROUTE12',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'A WebSocket API selects the route by the message',
  why:
    'The expression is required for WebSocket APIs: without it API Gateway rejects the API, and the stack rolls ' +
    'back. An expression that does not use the body gives every message the same route.',
  fix: {
    library: 'Set `routeSelectionExpression` on the `WebSocketGateway`, or omit it: the gateway sets it.',
    l2: 'Set `routeSelectionExpression` on the `WebSocketApi`, or omit it: the default is `$request.body.action`.',
    cloudFormation: 'Set `RouteSelectionExpression: $request.body.action` on the `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { routeSelectionExpression: expression, location } of model.webSocketApis) {
      if (expression === undefined) {
        yield { location, message: 'the WebSocket API has no RouteSelectionExpression' };
      } else if (isKnown(expression) && !/\$(request\.body\b|\{request\.body\b)/.test(expression)) {
        yield {
          location: inside(location, 'RouteSelectionExpression'),
          message: `"${expression}" does not use the message ($request.body.…)`,
          severity: 'warning',
        };
      }
    }
  },
};
