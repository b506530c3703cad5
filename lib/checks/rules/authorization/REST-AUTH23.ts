import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH23',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Only a token authorizer has a validation expression',
  why: 'API Gateway applies the expression to the token of a TOKEN authorizer, and to nothing else: what looks like a check of the format is none.',
  fix: {
    library: 'Check the value in the function, or use `RestAuthorizer.lambdaToken(…)`.',
    l2: 'Check the value in the function, or use a `TokenAuthorizer` with `validationRegex`.',
    cloudFormation: 'Take `IdentityValidationExpression` off the REQUEST authorizer.',
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
