import { serviceOf } from '../../service-calls';
import { type Rule } from '../../rule';
import { apiReference, callsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-IAM2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A call of an AWS service has a role to make it with',
  why: 'Only Lambda functions can let API Gateway in by themselves. For other services the deployment rolls back with "Role ARN must be specified for AWS integrations".',
  fix:
    'The service integrations of the gateway make the role. In CloudFormation: `Credentials` of the integration (`credentials` in OpenAPI), the ARN of a ' +
    'role that trusts apigateway.amazonaws.com.',
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.type === 'AWS' && integration.credentials === undefined) {
        const service = serviceOf(integration);
        if (service !== undefined && service !== 'lambda') {
          yield onMethod(method, `calls ${service} without a role`, integration.location);
        }
      }
    }
  },
};
