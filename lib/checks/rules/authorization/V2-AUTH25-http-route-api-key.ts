import { type Rule } from '../../rule';
import { cloudFormation, isOpen, onRoute } from '../../queries/common';
import { httpRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'V2-AUTH25',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A route of an HTTP API requires no API key',
  why: 'API keys are supported for REST and WebSocket APIs only. A route of an HTTP API never requires one, whatever the template says.',
  fix: {
    library:
      'Give the route an authorizer (`HttpAuthorizer.jwt(…)`, `.iam()`…), or meter callers with a `RestGateway` and its ' +
      '`usagePlans`.',
    l2: 'Give the route an `authorizer` in `addRoutes(…)`, or meter callers with a `RestApi` and `addUsagePlan(…)`.',
    cloudFormation:
      'Omit `ApiKeyRequired` on the route, and set an `AuthorizationType`, or meter callers with a REST API.',
  },
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    for (const { route } of httpRoutesOf(model)) {
      if (route.apiKeyRequired === true) {
        const violation = onRoute(route, 'needs an API key, which HTTP APIs do not have');
        // With an authorizer the route is not open.
        yield isOpen(route) ? violation : { ...violation, severity: 'warning' };
      }
    }
  },
};
