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
  title: 'A body of a kind without a template is refused',
  why:
    'A caller chooses the `Content-Type`. One that no template and no model is for goes past both, by default: the back end is given the body as it came, ' +
    'unchecked.',
  fix: {
    library: 'Leave it to the integrations of the gateway, which refuse it with 415.',
    l2: 'Set `passthroughBehavior: PassthroughBehavior.NEVER` of the integration.',
    cloudFormation: 'Set `PassthroughBehavior: NEVER` of the integration (`passthroughBehavior` in OpenAPI).',
  },
  link: guide('integration-passthrough-behaviors'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (passesOthers(method, integration)) {
        const types = Object.keys(knownOr(integration.requestTemplates, {})).join(', ');
        yield onMethod(
          method,
          `has a template for ${types}, and passes every other body through`,
          integration.location,
        );
      }
    }
  },
};
