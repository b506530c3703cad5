import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-ROUTE12',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'A WebSocket API picks the route by the message',
  why:
    'The expression is required for WebSocket APIs: without it API Gateway refuses the API, and the stack rolls back. One that does not look at the body ' +
    'gives every message the same route.',
  fix: {
    library: 'Set `routeSelectionExpression` of the `WebSocketGateway`, or leave it out: the gateway sets it.',
    l2: 'Set `routeSelectionExpression` of the `WebSocketApi`, or leave it out: it is `$request.body.action` then.',
    cloudFormation: 'Set `RouteSelectionExpression: $request.body.action` of the `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { routeSelectionExpression: expression, location } of model.webSocketApis) {
      if (expression === undefined) {
        yield { location, message: 'the WebSocket API has no RouteSelectionExpression' };
      } else if (isKnown(expression) && !/\$(request\.body\b|\{request\.body\b)/.test(expression)) {
        yield {
          location: inside(location, 'RouteSelectionExpression'),
          message: `"${expression}" does not look at the message ($request.body.…)`,
          severity: 'warning',
        };
      }
    }
  },
};
