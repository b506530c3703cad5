import { type WebSocketApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, isOpen, onRoute } from '../../queries/common';

const CONNECT = '$connect';

/** Whether the templates show all routes, and none is for connecting. */
const lacksConnect = ({ form, routes }: WebSocketApi): boolean =>
  form === 'resources' &&
  routes.length > 0 &&
  routes.every(({ routeKey }) => typeof routeKey === 'string' && routeKey !== CONNECT);

export const rule: Rule = {
  id: 'WS-AUTH4',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'Who opens a WebSocket connection is asked for an identity',
  why:
    'API Gateway authorizes a WebSocket connection once, on `$connect`. Without authorization there anybody may connect, and send to every route of the API; ' +
    'that the same holds where there is no `$connect` at all is derived from it.',
  fix: {
    library:
      'Set `authorizer` on the route `$connect` of the `WebSocketGateway`, or `defaultAuthorizer` ' +
      '(`WebSocketAuthorizer.iam()`, `.lambda(…)`, `.jwt(…)`). Where it is open on purpose, acknowledge ' +
      '`ApiGateway::WS-AUTH4`.',
    l2:
      'Set `authorizer` in `connectRouteOptions` of the `WebSocketApi`: a `WebSocketIamAuthorizer` or a ' +
      '`WebSocketLambdaAuthorizer`. Where it is open on purpose, acknowledge `ApiGateway::WS-AUTH4`.',
    cloudFormation:
      'Set `AuthorizationType` of the route `$connect` to `AWS_IAM` or `CUSTOM`. Where it is open on purpose, ' +
      'acknowledge `WS-AUTH4`.',
  },
  link: guide('apigateway-websocket-api-control-access'),
  sameAs: {
    'cdk-nag': ['AwsSolutions-APIG4'],
    checkov: ['CKV_AWS_309'],
    'security-hub': ['APIGateway.8'],
    'aws-config': ['api-gwv2-authorization-type-configured'],
  },
  *check(model) {
    for (const api of model.webSocketApis) {
      for (const route of api.routes.filter((it) => it.routeKey === CONNECT && isOpen(it))) {
        yield onRoute(route, 'has no authorization: anybody can connect');
      }
      if (lacksConnect(api)) {
        yield {
          location: api.location,
          message: `${api.location.logicalId} has no route $connect, so that nobody is asked who connects`,
          severity: 'warning',
          key: CONNECT,
        };
      }
    }
  },
};
