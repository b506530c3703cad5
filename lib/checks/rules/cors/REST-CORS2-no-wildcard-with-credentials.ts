import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, headerValue, isPreflight, methodsOf, onMethod } from '../../queries/common';
import { allowsCredentials } from '../../queries/cors-origins';

export const rule: Rule = {
  id: 'REST-CORS2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'CORS has no wildcard origin with credentials',
  why: 'Browsers reject `Access-Control-Allow-Origin: *` on a request with credentials: every such call from a page fails.',
  fix: {
    library:
      'List the origins in `cors: { allowOrigins: ["https://app.example.com"], allowCredentials: true }`, or omit ' +
      '`allowCredentials`.',
    l2: 'List the origins in `allowOrigins` of `defaultCorsPreflightOptions`, or omit `allowCredentials`.',
    cloudFormation:
      'Set the origin in `ResponseParameters` of the OPTIONS integration response, or remove ' +
      '`Access-Control-Allow-Credentials`.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      if (!isPreflight(method) || !isKnown(method.integration)) {
        continue;
      }
      for (const { parameters, location } of method.integration.responses) {
        const wildcard = headerValue(parameters, 'Access-Control-Allow-Origin') === "'*'";
        if (wildcard && allowsCredentials(parameters)) {
          yield onMethod(method, 'allows every origin with credentials', location);
        }
      }
    }
  },
};
