import { isKnown } from '../../../template/value';
import { binaryTypeOf } from '../../binary-types';
import { type Rule } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'REST-CORS5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Where JSON is a binary media type, a mock preflight converts to text',
  why: 'API Gateway takes the request for binary and cannot read the mock template: the preflight answers 500, and the page cannot call at all.',
  fix: {
    library: 'Set `cors` of the gateway, which writes the preflight that way.',
    l2:
      'Name narrower `binaryMediaTypes` of the `RestApi`, or add the OPTIONS method with `new MockIntegration({ ' +
      'contentHandling: ContentHandling.CONVERT_TO_TEXT, … })`.',
    cloudFormation:
      'Set `ContentHandling: CONVERT_TO_TEXT` in the OPTIONS integration, or name binary media types that do not ' +
      'take in JSON.',
  },
  link: guide('api-gateway-payload-encodings-workflow'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      const { integration } = method;
      // A preflight request names no content type, which counts as JSON.
      const binary = binaryTypeOf('application/json', api);
      if (
        isPreflight(method) &&
        isKnown(integration) &&
        integration.type === 'MOCK' &&
        knownAnd(integration.contentHandling ?? '', (handling) => handling !== 'CONVERT_TO_TEXT') &&
        binary !== undefined
      ) {
        yield onMethod(
          method,
          `is a mock without CONVERT_TO_TEXT, and the API takes ${binary} for binary`,
          integration.location,
        );
      }
    }
  },
};
