import { type Rule } from '../../rule';
import { apiReference, callsOf, onMethod } from '../../queries/common';

const CUSTOM = ['AWS', 'HTTP', 'MOCK'];

export const rule: Rule = {
  id: 'REST-INT9',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A custom integration says what to answer',
  why: 'API Gateway maps what comes back with an integration response. Where there is none it answers 500 to every call, whatever the back end said.',
  fix: {
    library: 'Use a factory of `RestIntegration`, which has its responses.',
    l2:
      'Set `integrationResponses: [{ statusCode: "200" }]` of the integration, with `methodResponses` of the same ' +
      'status, or use a proxy integration.',
    cloudFormation:
      'Set `IntegrationResponses` with one entry without `SelectionPattern` at least, and a `MethodResponses` entry for ' +
      'its status; in OpenAPI `responses.default`.',
  },
  link: apiReference('PutIntegrationResponse'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.responses.length === 0 && CUSTOM.includes(String(integration.type))) {
        yield onMethod(
          method,
          `has an integration of type ${String(integration.type)} without a response`,
          integration.location,
        );
      }
    }
  },
};
