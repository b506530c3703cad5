import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, methodsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-CORS3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A preflight needs no credentials',
  why: 'Browsers send OPTIONS without Authorization header and without key: it is refused, and then so is the real request.',
  fix:
    'Let `cors` of the gateway answer the preflight, which it does without authorizer and key. In CloudFormation: `AuthorizationType: NONE` and ' +
    '`ApiKeyRequired: false` of the OPTIONS method; in OpenAPI `security: []` of the operation.',
  link: guide('how-to-cors'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      if (!isPreflight(method)) {
        continue;
      }
      const { authorizationType: type } = method;
      if (isKnown(type) && type !== 'NONE') {
        yield onMethod(method, `asks for authorization (${type}), which a preflight never carries`);
      } else if (method.apiKeyRequired === true) {
        yield onMethod(method, 'asks for an API key, which a preflight never carries');
      }
    }
  },
};
