import { type Rule } from '../../rule';
import { cloudFormation, methodsOf, onMethod } from '../../support';

const WITH_AUTHORIZER = ['CUSTOM', 'COGNITO_USER_POOLS', 'JWT'];
const WITHOUT_AUTHORIZER = ['NONE', 'AWS_IAM'];

export const rule: Rule = {
  id: 'ALL-AUTH7',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An authorizer is named exactly where the authorization type uses one',
  why:
    'CUSTOM and COGNITO_USER_POOLS without an authorizer fail the deployment. An authorizer beside NONE or AWS_IAM is never asked, though the ' +
    'template reads as if it were.',
  fix:
    'Use one of the factories of `RestAuthorizer` as the `authorizer`: type and authorizer then always agree. In CloudFormation: set `AuthorizerId` ' +
    'with CUSTOM and COGNITO_USER_POOLS, and leave it out with NONE and AWS_IAM.',
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const type = method.authorizationType;
      if (typeof type !== 'string') {
        continue;
      }
      if (WITH_AUTHORIZER.includes(type) && method.authorizer === undefined) {
        yield onMethod(method, `has AuthorizationType ${type} but names no authorizer`);
      }
      if (WITHOUT_AUTHORIZER.includes(type) && method.authorizer !== undefined) {
        yield onMethod(method, `names an authorizer that AuthorizationType ${type} never asks`);
      }
    }
  },
};
