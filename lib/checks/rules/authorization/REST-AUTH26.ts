import { type Rule } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH26',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Where the authorizer supplies the API key, every method with a key has a Lambda authorizer',
  why: 'With ApiKeySourceType AUTHORIZER the key in the header is not read. A method without a Lambda authorizer never gets one and answers 403.',
  fix: {
    library:
      'Give the route a `RestAuthorizer.lambda(…)` or `.lambdaToken(…)` that returns `usageIdentifierKey`, or ' +
      'take the key from the header.',
    l2:
      'Set `apiKeySourceType: ApiKeySourceType.HEADER` of the `RestApi`, or give each method with `apiKeyRequired` a ' +
      '`TokenAuthorizer` or `RequestAuthorizer` that returns `usageIdentifierKey`.',
    cloudFormation: 'Set `ApiKeySourceType: HEADER` of the RestApi, or `AuthorizationType: CUSTOM` of the method.',
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
