import { type Rule } from '../../rule';
import { cloudFormation, methodsOf, onMethod, sameResource } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-INT6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A method has an integration',
  why: 'A method without an integration has no target: the next deployment of the API fails with "No integration defined for method", and the stack rolls back.',
  fix: {
    library: 'Give each key of `routes` an integration.',
    l2: 'Pass an integration to `addMethod(…)`, or set `defaultIntegration` on the `RestApi`.',
    cloudFormation: 'Set `Integration` on the `AWS::ApiGateway::Method`, at least to `{ Type: MOCK }`.',
  },
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      if (method.integration === undefined && !sameResource(method.location, api.location)) {
        yield onMethod(method, 'has no integration');
      }
    }
  },
};
