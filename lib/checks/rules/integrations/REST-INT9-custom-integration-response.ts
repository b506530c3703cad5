import { type Rule } from '../../rule';
import { apiReference, callsOf, onMethod } from '../../queries/common';

const CUSTOM = ['AWS', 'HTTP', 'MOCK'];

export const rule: Rule = {
  id: 'REST-INT9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A custom integration has an integration response',
  why: 'API Gateway maps the response of the back end with an integration response. Without one it returns 500 for every call, whatever the back end returned.',
  fix: {
    library: 'Use a factory of `RestIntegration`, which defines its responses.',
    l2:
      'Set `integrationResponses: [{ statusCode: "200" }]` on the integration, with `methodResponses` of the same ' +
      'status, or use a proxy integration.',
    cloudFormation:
      'Set `IntegrationResponses` with at least one entry without `SelectionPattern`, and a `MethodResponses` entry ' +
      'for its status; in OpenAPI `responses.default`.',
  },
  link: apiReference('PutIntegrationResponse'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.responses.length === 0 && CUSTOM.includes(String(integration.type))) {
        yield onMethod(
          method,
          `has an integration of type ${String(integration.type)} without an integration response`,
          integration.location,
        );
      }
    }
  },
};
