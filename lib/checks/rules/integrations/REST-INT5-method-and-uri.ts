import { type Integration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, methodsOf, onMethod } from '../../queries/common';

function missing({ type, httpMethod, uri }: Integration): string[] {
  if (!isKnown(type) || type === 'MOCK') {
    return [];
  }
  return [...(httpMethod === undefined ? ['HTTP method'] : []), ...(uri === undefined ? ['URI'] : [])];
}

export const rule: Rule = {
  id: 'REST-INT5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An integration has an HTTP method and a URI',
  why: 'API Gateway rejects an integration that does not say what to call and how, and the deployment rolls back.',
  fix: {
    library: 'Create the integration with a factory of `RestIntegration`.',
    l2:
      'Use `LambdaIntegration`, `HttpIntegration` or `AwsIntegration`, or set `integrationHttpMethod` and `uri` on ' +
      'the `Integration`.',
    cloudFormation:
      'Set `IntegrationHttpMethod` and `Uri` (in OpenAPI `httpMethod` and `uri` of `x-amazon-apigateway-integration`).',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      const what = isKnown(integration) ? missing(integration) : [];
      if (isKnown(integration) && what.length > 0) {
        yield onMethod(
          method,
          `has an integration of type ${String(integration.type)} without ${what.join(' and ')}`,
          integration.location,
        );
      }
    }
  },
};
