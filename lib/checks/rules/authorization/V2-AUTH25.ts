import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../support';
import { httpRoutesOf } from '../../v2-support';

export const rule: Rule = {
  id: 'V2-AUTH25',
  appliesTo: ['http'],
  severity: 'error',
  title: 'No API key on a route of an HTTP API',
  why: 'API keys are supported for REST and WebSocket APIs only. A route of an HTTP API never asks for one, whatever the template says.',
  fix:
    'Give the route an authorizer (`HttpAuthorizer.jwt(…)`, `.iam()`…), or meter callers with a `RestGateway` and its `usagePlans`. In CloudFormation: no ' +
    '`ApiKeyRequired` on the route.',
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    for (const { route } of httpRoutesOf(model)) {
      if (route.apiKeyRequired === true) {
        yield onRoute(route, 'needs an API key, which HTTP APIs do not have');
      }
    }
  },
};
