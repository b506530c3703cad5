import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH23',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Only a token authorizer has a validation expression',
  why: 'API Gateway applies the expression only to the token of a TOKEN authorizer: what looks like a format check is not one.',
  fix: {
    library: 'Check the value in the function, or use `RestAuthorizer.lambdaToken(…)`.',
    l2: 'Check the value in the function, or use a `TokenAuthorizer` with `validationRegex`.',
    cloudFormation: 'Remove `IdentityValidationExpression` from the REQUEST authorizer.',
  },
  link: cloudFormation('resource-apigateway-authorizer'),
  *check(model) {
    for (const { authorizers } of model.restApis) {
      for (const { type, key, identityValidationExpression, location } of authorizers) {
        if (type === 'REQUEST' && identityValidationExpression !== undefined) {
          yield {
            location: inside(location, 'IdentityValidationExpression'),
            message: `authorizer "${key}" is of type REQUEST; its validation expression is ignored`,
          };
        }
      }
    }
  },
};
