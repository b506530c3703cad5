import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

const WITH_AUTHORIZER = ['CUSTOM', 'COGNITO_USER_POOLS', 'JWT'];
const WITHOUT_AUTHORIZER = ['NONE', 'AWS_IAM'];

export const rule: Rule = {
  id: 'ALL-AUTH7',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'An authorizer is set if, and only if, the authorization type uses one',
  why:
    'CUSTOM, COGNITO_USER_POOLS and JWT without an authorizer fail the deployment. An authorizer next to NONE or ' +
    'AWS_IAM is never called, although the template looks as if it were.',
  fix: {
    library:
      'Use one of the factories of `RestAuthorizer`, `HttpAuthorizer` or `WebSocketAuthorizer` as the `authorizer`, ' +
      'so the type and the authorizer always match.',
    l2:
      'Pass the authorizer as `authorizer` and omit `authorizationType`, or set `AuthorizationType.IAM` or ' +
      '`AuthorizationType.NONE` without an `authorizer`.',
    cloudFormation: 'Set `AuthorizerId` with CUSTOM, COGNITO_USER_POOLS and JWT, and omit it with NONE and AWS_IAM.',
  },
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const { api, route } of allRoutesOf(model)) {
      const type = route.authorizationType;
      // On other routes of a WebSocket API it is a finding of WS-AUTH5, and JWT there one of WS-AUTH6.
      const isElsewhere =
        'routeKey' in route && api.kind === 'websocket' && (route.routeKey !== '$connect' || type === 'JWT');
      if (typeof type !== 'string' || isElsewhere) {
        continue;
      }
      if (WITH_AUTHORIZER.includes(type) && route.authorizer === undefined) {
        yield onRoute(route, `has AuthorizationType ${type} but no authorizer`);
      }
      if (WITHOUT_AUTHORIZER.includes(type) && route.authorizer !== undefined) {
        const violation = onRoute(route, `has an authorizer that AuthorizationType ${type} never calls`);
        // IAM keeps strangers out.
        yield type === 'NONE' ? violation : { ...violation, severity: 'warning' };
      }
    }
  },
};
