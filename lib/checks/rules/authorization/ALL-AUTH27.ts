import { UNKNOWN } from '../../../template/value';
import { type Rule } from '../../rule';
import { apiReference, callsOf, onMethod } from '../../support';

const CALLER = /^arn:[^:]*:iam::\*:user\/\*$/;

export const rule: Rule = {
  id: 'ALL-AUTH27',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Only a route with IAM authorization calls as its caller',
  why:
    '`arn:aws:iam::*:user/*` has the back end called with the IAM identity of the caller. Without AWS_IAM authorization there is no such identity, ' +
    'and each call fails.',
  fix:
    'Set `authorizer: RestAuthorizer.iam()` on the route, or give the integration a role. In CloudFormation: `AuthorizationType: AWS_IAM` of the method, or ' +
    'the ARN of a role in `Credentials`.',
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      const { credentials } = integration;
      if (
        credentials !== undefined &&
        method.authorizationType !== 'AWS_IAM' &&
        method.authorizationType !== UNKNOWN &&
        // A reference holds colons.
        CALLER.test(credentials.replace(/<[^<>]*>/g, 'aws'))
      ) {
        const type = method.authorizationType ?? 'NONE';
        yield onMethod(
          method,
          `calls its integration as its caller, whom authorization type ${type} does not tell`,
          integration.location,
        );
      }
    }
  },
};
