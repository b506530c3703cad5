import { type Method, type RestApi } from '../../../template/model/model';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { binaryTypeOf } from '../../queries/binary-types';
import { type Rule, type Violation } from '../../rule';
import { guide, isPreflight, knownAnd, methodsOf, onMethod } from '../../queries/common';

const staysBytes = (handling: Value<string> | undefined): boolean =>
  knownAnd(handling ?? '', (known) => known !== 'CONVERT_TO_TEXT');

/** A type whose clients get bytes; those of a preflight accept anything, which is such a type only as a whole. */
function binaryFor(method: Method, { binaryMediaTypes }: RestApi): string | undefined {
  const types = knownOr(binaryMediaTypes, []);
  return isPreflight(method) ? types.find((type) => type === '*/*') : types[0];
}

function* templatesOf(api: RestApi, method: Method): Iterable<Violation> {
  const { integration } = method;
  if (!isKnown(integration) || !isKnown(integration.type) || integration.type.endsWith('_PROXY')) {
    return;
  }
  const type = Object.keys(knownOr(integration.requestTemplates, {})).find((each) => binaryTypeOf(each, api));
  // REST-CORS5 reports the request templates of preflights.
  if (type !== undefined && staysBytes(integration.contentHandling) && !isPreflight(method)) {
    yield onMethod(
      method,
      `has a request template for ${type}, which the API treats as binary (${binaryTypeOf(type, api)}), and does not convert to text`,
      integration.location,
    );
  }
  const binary = binaryFor(method, api);
  for (const response of binary === undefined ? [] : integration.responses) {
    if (Object.keys(knownOr(response.templates, {})).length > 0 && staysBytes(response.contentHandling)) {
      yield onMethod(
        method,
        `has a response template that gets bytes if a client accepts ${binary}: the response does not convert to text`,
        response.location,
      );
    }
  }
}

export const rule: Rule = {
  id: 'REST-INT28',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A mapping template of an API with binary media types gets text',
  why: 'No template can read bytes. If a request has a binary type, or names one first in Accept, the client gets 500 unless the payload is converted.',
  fix: {
    library: 'Omit `contentHandling`; the gateway converts to text if there is a template.',
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
