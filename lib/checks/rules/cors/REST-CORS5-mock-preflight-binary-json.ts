import { isKnown } from '../../../template/model/value';
import { binaryTypeOf } from '../../queries/binary-types';
import { type Rule } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-CORS5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A mock preflight converts to text if JSON is a binary media type',
  why:
    'API Gateway treats the request as binary and cannot render the mock template: the preflight gets 500, and the ' +
    'page cannot call the API. This is reported for `*/*`; a type such as application/json is a warning.',
  fix: {
    library: 'Set `cors` on the gateway, which writes the preflight this way.',
    l2:
      'Set narrower `binaryMediaTypes` on the `RestApi`, or add the OPTIONS method with `new MockIntegration({ ' +
      'contentHandling: ContentHandling.CONVERT_TO_TEXT, … })`.',
    cloudFormation:
      'Set `ContentHandling: CONVERT_TO_TEXT` in the OPTIONS integration, or set binary media types that do not ' +
      'match JSON.',
  },
  link: guide('api-gateway-payload-encodings-workflow'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      const { integration } = method;
      // A preflight request has no content type; API Gateway then assumes JSON.
      const binary = binaryTypeOf('application/json', api);
      if (
        isPreflight(method) &&
        isKnown(integration) &&
        integration.type === 'MOCK' &&
        knownAnd(integration.contentHandling ?? '', (handling) => handling !== 'CONVERT_TO_TEXT') &&
        binary !== undefined
      ) {
        yield {
          ...onMethod(
            method,
            `is a mock without CONVERT_TO_TEXT, and the API treats ${binary} as binary`,
            integration.location,
          ),
          ...(binary !== '*/*' && { severity: 'warning' }),
        };
      }
    }
  },
};
