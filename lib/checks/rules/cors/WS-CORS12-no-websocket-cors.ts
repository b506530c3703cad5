import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-CORS12',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'A WebSocket API has no CORS configuration',
  why: 'Browsers send no preflight before they open a WebSocket, and API Gateway supports CORS for HTTP APIs only. The configuration does not keep other pages out.',
  fix: {
    library:
      'Omit CORS, and compare the header `Origin` in the authorizer of `$connect` (`WebSocketAuthorizer.lambda(…)`).',
    l2:
      'Compare the header `Origin` in the function of a `WebSocketLambdaAuthorizer` in `connectRouteOptions`, and ' +
      'remove `corsConfiguration` from the `CfnApi`.',
    cloudFormation:
      'Remove `CorsConfiguration`, and compare the header `Origin` in an authorizer of type REQUEST on the route ' +
      '`$connect`.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { corsConfiguration, location } of model.webSocketApis) {
      if (corsConfiguration !== undefined) {
        yield { location: inside(location, 'CorsConfiguration'), message: 'the WebSocket API has a CorsConfiguration' };
      }
    }
  },
};
