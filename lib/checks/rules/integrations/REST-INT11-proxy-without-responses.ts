import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';
import { type Texts } from '../../../template/model/text';
import { knownOr, type Value } from '../../../template/model/value';

export const rule: Rule = {
  id: 'REST-INT11',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A proxy integration has no integration responses',
  why: 'With AWS_PROXY and HTTP_PROXY the back end determines the whole response, including the headers. API Gateway never applies response mappings and templates.',
  fix: {
    library: 'Set headers and status in the back end, and remove the responses.',
    l2: 'Set headers and status in the back end, and omit `integrationResponses`; or set `proxy: false`.',
    cloudFormation:
      'Set headers and status in the back end, and remove `IntegrationResponses` from the method (in OpenAPI ' +
      '`responses` of `x-amazon-apigateway-integration`).',
  },
  link: guide('how-to-cors'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      const isProxy = integration.type === 'AWS_PROXY' || integration.type === 'HTTP_PROXY';
      const told = isProxy && integration.responses.length > 0 ? integration.responses : [];
      if (told.some(({ parameters, templates }) => hasAny(parameters) || hasAny(templates))) {
        yield onMethod(
          method,
          'maps the responses of a proxy integration, which API Gateway ignores',
          integration.location,
        );
      }
    }
  },
};

/** A bare status is what exports and generators write, and promises nothing. */
const hasAny = (texts: Value<Texts>): boolean => Object.keys(knownOr(texts, {})).length > 0;
