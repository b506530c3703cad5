import { type IntegrationResponse, type MethodResponse } from '../../../template/model/model';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, callsOf, listed, onMethod } from '../../queries/common';

const STATUS = /^\d{3}$/;

const canBeTold = ({ statusCode }: MethodResponse): boolean => isKnown(statusCode) && STATUS.test(statusCode);

/** Whether the header is declared, whatever its case; nearly always it is written the same. */
function declares({ parameters }: MethodResponse, name: string): boolean {
  // Where they cannot be told it may be among them.
  return (
    !isKnown(parameters) ||
    parameters.includes(name) ||
    parameters.some((one) => one.toLowerCase() === name.toLowerCase())
  );
}

function problem({ statusCode, parameters }: IntegrationResponse, declared: MethodResponse[]): string | undefined {
  if (!isKnown(statusCode)) {
    return undefined;
  }
  const response = declared.find((one) => one.statusCode === statusCode);
  if (!response) {
    return `maps a response to status ${statusCode}, which the method does not declare`;
  }
  const undeclared = Object.keys(knownOr(parameters, {})).filter(
    (name) => name.startsWith('method.response.') && !declares(response, name),
  );
  return undeclared.length > 0
    ? `sets ${listed(undeclared)} on status ${statusCode}, which the method does not declare`
    : undefined;
}

export const rule: Rule = {
  id: 'REST-INT7',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The method declares everything that an integration response sets',
  why: 'API Gateway rejects an integration response with a status code or header that no method response declares, and the deployment rolls back.',
  fix: {
    library: 'Use the integrations of the gateway, which declare everything that they set.',
    l2:
      'Add an entry with the status code to `methodResponses` of `addMethod(…)`, and the header to its ' +
      '`responseParameters`.',
    cloudFormation:
      'Add an entry with the status code to `MethodResponses`, and the header to its `ResponseParameters`; in OpenAPI ' +
      'under `responses` of the operation.',
  },
  link: apiReference('PutIntegrationResponse'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.responses.length === 0 || !method.responses.every(canBeTold)) {
        continue;
      }
      for (const response of integration.responses) {
        const what = problem(response, method.responses);
        if (what !== undefined) {
          yield onMethod(method, what, response.location);
        }
      }
    }
  },
};
