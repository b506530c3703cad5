import { type Rule } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH26',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'If the authorizer supplies the API key, methods that need a key have a Lambda authorizer',
  why: 'With ApiKeySourceType AUTHORIZER, API Gateway does not read the key in the header. A method without a Lambda authorizer never gets a key and returns 403.',
  fix: {
    library:
      'Give the route a `RestAuthorizer.lambda(…)` or `.lambdaToken(…)` that returns `usageIdentifierKey`, or ' +
      'take the key from the header.',
    l2:
      'Set `apiKeySourceType: ApiKeySourceType.HEADER` on the `RestApi`, or give each method with `apiKeyRequired` a ' +
      '`TokenAuthorizer` or `RequestAuthorizer` that returns `usageIdentifierKey`.',
    cloudFormation: 'Set `ApiKeySourceType: HEADER` on the RestApi, or `AuthorizationType: CUSTOM` of the method.',
  },
  link: guide('api-gateway-api-key-source'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      if (
        api.apiKeySource === 'AUTHORIZER' &&
        method.apiKeyRequired === true &&
        !isPreflight(method) &&
        knownAnd(method.authorizationType ?? 'NONE', (type) => type !== 'CUSTOM')
      ) {
        yield onMethod(method, 'needs an API key from a Lambda authorizer but has none');
      }
    }
  },
};
