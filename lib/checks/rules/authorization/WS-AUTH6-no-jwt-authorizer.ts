import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-AUTH6',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'A WebSocket API has no JWT authorizer',
  why: 'JWT authorizers are supported for HTTP APIs only: API Gateway rejects them on a WebSocket API, and the deployment rolls back.',
  fix: {
    library: 'Use `WebSocketAuthorizer.jwt(…)`, which includes a function that checks the token.',
    l2: 'Use a `WebSocketLambdaAuthorizer` with your own function that checks the token.',
    cloudFormation:
      'Set `AuthorizerType: REQUEST` with your own function, and `AuthorizationType: CUSTOM` on `$connect`.',
  },
  link: cloudFormation('resource-apigatewayv2-authorizer'),
  *check(model) {
    for (const { authorizers, routes } of model.webSocketApis) {
      for (const { type, key, location } of authorizers) {
        if (type === 'JWT') {
          yield { location, message: `authorizer "${key}" is of type JWT, which only HTTP APIs have`, key };
        }
      }
      for (const route of routes) {
        // A route with an authorizer of that type is reported above.
        const isTold = isKnown(route.authorizer) && route.authorizer.type === 'JWT';
        if (route.authorizationType === 'JWT' && !isTold) {
          yield onRoute(route, 'has AuthorizationType JWT, which only HTTP APIs have');
        }
      }
    }
  },
};
