import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { cloudFormation, methodsOf, onMethod } from '../../support';

const AUTHORIZER_TYPES: Readonly<Record<string, readonly string[]>> = {
  CUSTOM: ['TOKEN', 'REQUEST'],
  COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'],
};

export const rule: Rule = {
  id: 'ALL-AUTH8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The authorization type matches the type of the authorizer',
  why: 'API Gateway refuses a method whose AuthorizationType does not go with its authorizer, and the deployment rolls back.',
  fix:
    'Pass the authorizer itself as `authorizer` (`RestAuthorizer.cognito(…)`, `.lambdaToken(…)`, `.lambdaRequest(…)`): the type follows from it. ' +
    'In CloudFormation: CUSTOM goes with TOKEN and REQUEST, COGNITO_USER_POOLS with COGNITO_USER_POOLS.',
  link: cloudFormation('resource-apigateway-method'),
  sameAs: { 'cfn-lint': ['E3708'] },
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { authorizationType: type, authorizer } = method;
      if (typeof type !== 'string' || !isKnown(authorizer) || typeof authorizer.type !== 'string') {
        continue;
      }
      const allowed = AUTHORIZER_TYPES[type];
      if (allowed && !allowed.includes(authorizer.type)) {
        yield onMethod(
          method,
          `has AuthorizationType ${type}, but authorizer "${authorizer.key}" is of type ${authorizer.type}`,
        );
      }
    }
  },
};
