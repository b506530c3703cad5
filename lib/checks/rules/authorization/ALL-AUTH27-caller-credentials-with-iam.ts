import { type AnyApi, type WebSocketApi } from '../../../template/model/model';
import { outline } from '../../../template/model/text';
import { UNKNOWN, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, onRoute } from '../../queries/common';
import { allCallsOf } from '../../queries/v2';

const CALLER = /^arn:[^:]*:iam::\*:user\/\*$/;

/** Data from the authorization of the connection. */
function askedAtConnect(api: WebSocketApi): Value<string> {
  const connect = api.routes.find(({ routeKey }) => routeKey === '$connect');
  const isTold = connect !== undefined || api.routes.every(({ routeKey }) => routeKey !== UNKNOWN);
  return isTold ? (connect?.authorizationType ?? 'NONE') : UNKNOWN;
}

export const rule: Rule = {
  id: 'ALL-AUTH27',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Only a route with IAM authorization uses the credentials of its caller',
  why:
    'With `arn:aws:iam::*:user/*`, API Gateway calls the back end with the IAM identity of the caller. Without ' +
    'AWS_IAM authorization there is no such identity, and each call fails.',
  fix: {
    library:
      'Set `authorizer: RestAuthorizer.iam()` (`HttpAuthorizer`, `WebSocketAuthorizer`) on the route, or give the ' +
      'integration a role.',
    l2:
      'Set `authorizationType: AuthorizationType.IAM` on the method (`HttpIamAuthorizer`, `WebSocketIamAuthorizer`), ' +
      'or set `credentialsRole` instead of `credentialsPassthrough` (`IntegrationCredentials.fromRole(role)` for ' +
      'HTTP APIs).',
    cloudFormation:
      'Set `AuthorizationType: AWS_IAM` on the method or route (on `$connect` for a WebSocket API), or set ' +
      '`Credentials` (`CredentialsArn`) to the ARN of a role.',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    const atConnect = new Map<AnyApi, Value<string>>();
    for (const { api, route, integration } of allCallsOf(model)) {
      const { credentials } = integration;
      if (!CALLER.test(outline(credentials))) {
        continue;
      }
      if (api.kind === 'websocket' && !atConnect.has(api)) {
        atConnect.set(api, askedAtConnect(api));
      }
      const type = atConnect.get(api) ?? route.authorizationType ?? 'NONE';
      if (type !== 'AWS_IAM' && type !== UNKNOWN) {
        yield onRoute(
          route,
          `calls its integration with the credentials of its caller, which authorization type ${type} does not provide`,
          integration.location,
        );
      }
    }
  },
};
