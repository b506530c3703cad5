import { type IntegrationResponse, type Method, type RestApi } from '../../../template/model/model';
import { textKey } from '../../../template/model/text';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { maySetOrigin, setsOrigin } from '../../queries/cors-origins';
import { type Rule, type Violation } from '../../rule';
import { guide, isPreflight, onMethod } from '../../queries/common';

/** Whether the response is fully known, and does not have the header. */
const isBare = (response: IntegrationResponse): boolean => response.statusCode !== UNKNOWN && !maySetOrigin(response);

/** With a proxy integration the header is for the back end to set. */
const isCustom = ({ integration }: Method): boolean =>
  isKnown(integration) && (integration.type === 'AWS' || integration.type === 'HTTP' || integration.type === 'MOCK');

function* bareMethods(api: RestApi): Iterable<Violation> {
  const preflights = api.methods.filter(
    (method) => isPreflight(method) && isKnown(method.integration) && method.integration.responses.some(setsOrigin),
  );
  const paths = new Set(preflights.map(({ path }) => textKey(path)));
  for (const method of paths.size > 0 ? api.methods : []) {
    if (isPreflight(method) || !paths.has(textKey(method.path)) || !isCustom(method) || !isKnown(method.integration)) {
      continue;
    }
    const { responses, location } = method.integration;
    if (responses.length > 0 && responses.every(isBare)) {
      yield onMethod(
        method,
        'responds to a preflight, but none of its responses has Access-Control-Allow-Origin',
        location,
      );
    }
  }
}

export const rule: Rule = {
  id: 'REST-CORS6',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Responses to requests that a preflight allows have the CORS header',
  why: 'The preflight lets the browser send the request; the page can read the response only if it also has the header. Without it, the call is made and the page sees an error.',
  fix: {
    library: 'Set `cors` on the gateway, which sets it on every response.',
    l2:
      'Map `method.response.header.Access-Control-Allow-Origin` in `responseParameters` of `integrationResponses`, and ' +
      'declare it in `methodResponses`; a proxy integration sets it in the back end.',
    cloudFormation:
      'Set `Access-Control-Allow-Origin` in `MethodResponses` and in `IntegrationResponses` of the method.',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const api of model.restApis) {
      yield* bareMethods(api);
    }
  },
};
