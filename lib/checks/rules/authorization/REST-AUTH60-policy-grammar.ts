import { policyFaults } from '../../../policies/policy-grammar';
import { type Location } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { guide, inside } from '../../queries/common';

function* faultsOf(policy: unknown, location: Location, what: string): Iterable<Violation> {
  for (const { path, message, isSuspect } of policyFaults(policy)) {
    yield {
      location: typeof policy === 'string' ? location : inside(location, ...path),
      message: `the policy of ${what} ${message}`,
      ...(isSuspect === true && { severity: 'warning' }),
    };
  }
}

export const rule: Rule = {
  id: 'REST-AUTH60',
  appliesTo: ['rest', 'domain'],
  severity: 'error',
  title: 'A resource policy is valid in IAM, with actions and routes of an API',
  why:
    'API Gateway rejects a policy that IAM cannot read ("Invalid policy document"), and the stack rolls back. A statement on ' +
    'other actions, resources or networks never applies: an Allow then allows nothing, and a Deny denies nothing.',
  fix: {
    library: 'Set `access` of the `RestGateway`, which writes the policy.',
    l2: 'Build the `policy` of statements with the action `execute-api:Invoke` on `execute-api:/*`.',
    cloudFormation:
      'Write each statement with the effect Allow or Deny, a principal, the action `execute-api:Invoke`, the resource `execute-api:/*`, and conditions of operators and keys that IAM knows.',
  },
  link: guide('apigateway-resource-policies'),
  *check(model) {
    for (const { policy, policyLocation, location } of model.restApis) {
      if (policy !== undefined) yield* faultsOf(policy, policyLocation ?? location, 'the API');
    }
    for (const { policy, location } of model.domainNames) {
      if (policy !== undefined) yield* faultsOf(policy, inside(location, 'Policy'), 'the domain');
    }
  },
};
