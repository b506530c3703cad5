import { type Rule } from '../../rule';
import { cloudFormation, knownAnd, listed, methodsOf, onMethod } from '../../support';
import { knownOr } from '../../../template/value';

export const rule: Rule = {
  id: 'ALL-AUTH21',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Authorization scopes stand where they are checked',
  why: 'Only a Cognito user pool authorizer compares scopes. With any other type they are ignored, and the route is more open than it reads.',
  fix:
    'Use `RestAuthorizer.cognito({ userPools, scopes })`, check the scopes in the Lambda authorizer, or take them away. In CloudFormation: ' +
    '`AuthorizationScopes` goes with COGNITO_USER_POOLS only.',
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const type = method.authorizationType ?? 'NONE';
      const scopes = knownOr(method.scopes, []);
      if (scopes.length > 0 && knownAnd(type, (known) => known !== 'COGNITO_USER_POOLS' && known !== 'JWT')) {
        yield onMethod(method, `asks for ${listed(scopes)}, which AuthorizationType ${String(type)} does not check`);
      }
    }
  },
};
