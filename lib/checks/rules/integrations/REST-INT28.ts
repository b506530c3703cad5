import { type Method, type RestApi } from '../../../template/model';
import { isKnown, knownOr, type Value } from '../../../template/value';
import { binaryTypeOf } from '../../binary-types';
import { type Rule, type Violation } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../support';

const staysBytes = (handling: Value<string> | undefined): boolean =>
  knownAnd(handling ?? '', (known) => known !== 'CONVERT_TO_TEXT');

function* templatesOf(api: RestApi, method: Method): Iterable<Violation> {
  const { integration } = method;
  if (!isKnown(integration) || !isKnown(integration.type) || integration.type.endsWith('_PROXY')) {
    return;
  }
  const type = Object.keys(integration.requestTemplates).find((each) => binaryTypeOf(each, api));
  // Of preflights another rule tells.
  if (type !== undefined && staysBytes(integration.contentHandling) && !isPreflight(method)) {
    yield onMethod(
      method,
      `has a request template for ${type}, which the API takes for binary (${binaryTypeOf(type, api)}), and does not convert to text`,
      integration.location,
    );
  }
  const [binary] = knownOr(api.binaryMediaTypes, []);
  for (const response of binary === undefined ? [] : integration.responses) {
    if (Object.keys(response.templates).length > 0 && staysBytes(response.contentHandling)) {
      yield onMethod(
        method,
        `has a response template that gets bytes where a client accepts ${binary}: the response does not convert to text`,
        response.location,
      );
    }
  }
}

export const rule: Rule = {
  id: 'REST-INT28',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A template of an API with binary media types gets text',
  why: 'No template can read bytes. A request of a binary type, or a client that names one first in Accept, is answered 500 unless the payload is converted.',
  fix: {
    library: 'Leave `contentHandling` out; the gateway converts to text wherever there is a template.',
    l2:
      'Set `contentHandling: ContentHandling.CONVERT_TO_TEXT` in the options of the integration, and in each of ' +
      '`integrationResponses` with `responseTemplates`; the request template then gets Base64.',
    cloudFormation:
      'Set `ContentHandling: CONVERT_TO_TEXT` in the integration, and in each of `IntegrationResponses` with ' +
      '`ResponseTemplates`; the request template then gets Base64.',
  },
  link: guide('api-gateway-payload-encodings-workflow'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      yield* templatesOf(api, method);
    }
  },
};
