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
  title: 'Opening a WebSocket connection requires authorization',
  why:
    'API Gateway authorizes a WebSocket connection once, on `$connect`. Without authorization on that route, anyone ' +
    'can connect and send to every route of the API. That the same is true without any `$connect` is derived from ' +
    'this.',
  fix: {
    library:
      'Set `authorizer` on the route `$connect` of the `WebSocketGateway`, or `defaultAuthorizer` ' +
      '(`WebSocketAuthorizer.iam()`, `.lambda(…)`, `.jwt(…)`). If it is open on purpose, acknowledge ' +
      '`ApiGateway::WS-AUTH4`.',
    l2:
      'Set `authorizer` in `connectRouteOptions` of the `WebSocketApi`: a `WebSocketIamAuthorizer` or a ' +
      '`WebSocketLambdaAuthorizer`. If it is open on purpose, acknowledge `ApiGateway::WS-AUTH4`.',
    cloudFormation:
      'Set `AuthorizationType` on the route `$connect` to `AWS_IAM` or `CUSTOM`. If it is open on purpose, ' +
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
        yield onRoute(route, 'has no authorization: anyone can connect');
      }
      if (lacksConnect(api)) {
        yield {
          location: api.location,
          message: `${api.location.logicalId} has no route $connect: anyone can connect`,
          severity: 'warning',
          key: CONNECT,
        };
      }
    }
  },
};
