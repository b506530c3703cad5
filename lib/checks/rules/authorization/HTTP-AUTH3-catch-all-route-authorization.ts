import { callersOf } from '../../queries/callers';
import { isCatchAll } from '../../queries/catch-all';
import { type Rule } from '../../rule';
import { guide, isOpen, onRoute } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-AUTH3',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A catch-all route requires authorization',
  why:
    '`$default` and `ANY /{proxy+}` also match every path and method that no other route has: whatever the back end ' +
    'serves there, including internal and forgotten endpoints, is open to anyone.',
  fix: {
    library:
      'Set `defaultAuthorizer` on the `HttpGateway`, or `authorizer` on the route (`HttpAuthorizer.jwt(…)`, ' +
      '`.iam()`…), or declare the routes one by one. If it is open on purpose, acknowledge ' +
      '`ApiGateway::HTTP-AUTH3[$default]`.',
    l2:
      'Set `defaultAuthorizer` on the `HttpApi`, or `authorizer` on the `HttpRoute`, or declare the routes one by ' +
      'one. If it is open on purpose, acknowledge `ApiGateway::HTTP-AUTH3[$default]`.',
    cloudFormation:
      'Set `AuthorizationType` and `AuthorizerId` on the route, or `security` of the OpenAPI operation. If it is ' +
      'open on purpose, acknowledge `HTTP-AUTH3[$default]`.',
  },
  link: guide('http-api-develop-routes'),
  sameAs: {
    'cdk-nag': ['AwsSolutions-APIG4'],
    checkov: ['CKV_AWS_309'],
    'security-hub': ['APIGateway.8'],
    'aws-config': ['api-gwv2-authorization-type-configured'],
  },
  *check(model) {
    for (const api of model.httpApis) {
      const callers = callersOf(model, api);
      for (const route of api.routes) {
        if (!isOpen(route) || !isCatchAll(route)) continue;
        const { guard, severity } = callers(route);
        const what = guard === undefined ? 'has no authorization' : `is guarded only by ${guard}`;
        const violation = onRoute(route, `${what}, and matches every path and method that no other route has`);
        yield { ...violation, ...(severity && { severity }) };
      }
    }
  },
};
