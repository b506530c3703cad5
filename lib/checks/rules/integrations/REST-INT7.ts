import { type IntegrationResponse, type Method } from '../../../template/model';
import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { apiReference, listed, methodsOf, onMethod } from '../../support';

/** Status code → declared headers in lower case; undefined where the responses of the method cannot all be told. */
function declaredIn(method: Method): Map<string, Set<string>> | undefined {
  const declared = new Map<string, Set<string>>();
  for (const { statusCode, parameters } of method.responses) {
    if (!isKnown(statusCode) || !/^\d{3}$/.test(statusCode)) {
      return undefined;
    }
    declared.set(statusCode, new Set(parameters.map((name) => name.toLowerCase())));
  }
  return declared;
}

function problem(response: IntegrationResponse, declared: Map<string, Set<string>>): string | undefined {
  if (!isKnown(response.statusCode)) {
    return undefined;
  }
  const headers = declared.get(response.statusCode);
  if (!headers) {
    return `maps a response to status ${response.statusCode}, which the method does not declare`;
  }
  const undeclared = Object.keys(response.parameters).filter(
    (name) => name.startsWith('method.response.') && !headers.has(name.toLowerCase()),
  );
  return undeclared.length > 0
    ? `sets ${listed(undeclared)} on status ${response.statusCode}, where the method does not declare it`
    : undefined;
}

export const rule: Rule = {
  id: 'REST-INT7',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'What an integration response sets is declared by the method',
  why: 'API Gateway refuses an integration response with a status code or header that is not a method response, and the deployment rolls back.',
  fix: {
    library: 'Leave it to the integrations of the gateway, which declare what they set.',
    l2:
      'Add an entry with the status code to `methodResponses` of `addMethod(…)`, and the header to its ' +
      '`responseParameters`.',
    cloudFormation:
      'Add an entry with the status code to `MethodResponses`, and the header to its `ResponseParameters`; in OpenAPI ' +
      'under `responses` of the operation.',
  },
  link: apiReference('PutIntegrationResponse'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      const declared = isKnown(integration) && integration.responses.length > 0 ? declaredIn(method) : undefined;
      for (const response of isKnown(integration) && declared ? integration.responses : []) {
        const what = declared && problem(response, declared);
        if (what !== undefined) {
          yield onMethod(method, what, response.location);
        }
      }
    }
  },
};
