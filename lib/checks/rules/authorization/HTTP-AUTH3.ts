import { isCatchAll } from '../../queries/catch-all';
import { type Rule } from '../../rule';
import { guide, isOpen, onRoute } from '../../queries/common';
import { httpRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'HTTP-AUTH3',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A route that takes every path asks the caller for an identity',
  why:
    '`$default` and `ANY /{proxy+}` also take every path and method that no other route has: whatever the back end answers there, the internal and the ' +
    'forgotten, is open to anybody.',
  fix: {
    library:
      'Set `defaultAuthorizer` on the `HttpGateway`, or `authorizer` on the route (`HttpAuthorizer.jwt(…)`, `.iam()`…), ' +
      'or declare the routes one by one. Where it is open on purpose, acknowledge `ApiGateway::HTTP-AUTH3[$default]`.',
    l2:
      'Set `defaultAuthorizer` of the `HttpApi`, or `authorizer` of the `HttpRoute`, or declare the routes one by one. ' +
      'Where it is open on purpose, acknowledge `ApiGateway::HTTP-AUTH3[$default]`.',
    cloudFormation:
      'Set `AuthorizationType` and `AuthorizerId` of the route, or `security` of the OpenAPI operation. Where it is ' +
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
    for (const { route } of httpRoutesOf(model)) {
      if (isOpen(route) && isCatchAll(route)) {
        yield onRoute(route, 'has no authorization, and takes every path and method that no other route has');
      }
    }
  },
};
