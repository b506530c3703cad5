import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod, sameResource } from '../../support';

export const rule: Rule = {
  id: 'OAS5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An operation has an integration',
  why: 'An operation without one leads nowhere: the deployment fails with "No integration defined for method", and the stack rolls back.',
  fix: 'Give each operation an integration in `RestGateway.fromOpenApi(…)`. In CloudFormation: `x-amazon-apigateway-integration` of the operation in the Body.',
  link: guide('api-gateway-swagger-extensions-integration'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      if (method.integration === undefined && sameResource(method.location, api.location)) {
        yield onMethod(method, 'has no x-amazon-apigateway-integration');
      }
    }
  },
};
