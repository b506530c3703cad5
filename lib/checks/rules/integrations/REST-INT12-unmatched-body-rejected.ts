import { type Integration, type Method } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { callsOf, guide, knownAnd, onMethod } from '../../queries/common';
import { knownOr } from '../../../template/model/value';

const WITH_BODY = ['POST', 'PUT', 'PATCH', 'ANY'];

function passesOthers(method: Method, integration: Integration): boolean {
  const { type, passthroughBehavior, requestTemplates } = integration;
  return (
    (type === 'AWS' || type === 'HTTP') &&
    (passthroughBehavior === undefined || passthroughBehavior === 'WHEN_NO_MATCH') &&
    knownAnd(method.httpMethod, (verb) => WITH_BODY.includes(verb)) &&
    Object.keys(knownOr(requestTemplates, {})).length > 0
  );
}

export const rule: Rule = {
  id: 'REST-INT12',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A body without a matching template is rejected',
  why:
    'A caller chooses the `Content-Type`. By default, a type without a template and model bypasses both: the back ' +
    'end receives the body unchanged and unchecked.',
  fix: {
    library: 'Use the integrations of the gateway, which reject it with 415.',
    l2: 'Set `passthroughBehavior: PassthroughBehavior.NEVER` on the integration.',
    cloudFormation: 'Set `PassthroughBehavior: NEVER` on the integration (`passthroughBehavior` in OpenAPI).',
  },
  link: guide('integration-passthrough-behaviors'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (passesOthers(method, integration)) {
        const types = Object.keys(knownOr(integration.requestTemplates, {})).join(', ');
        yield onMethod(
          method,
          `has a template for ${types}, but passes every other body through`,
          integration.location,
        );
      }
    }
  },
};
