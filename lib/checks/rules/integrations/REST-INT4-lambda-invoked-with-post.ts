import { type Integration } from '../../../template/model/model';
import { outline } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, knownAnd, methodsOf, onMethod } from '../../queries/common';

const invokesLambda = ({ type, uri, lambda }: Integration): boolean =>
  (type === 'AWS' || type === 'AWS_PROXY') && (lambda !== undefined || outline(uri).includes(':lambda:path/'));

export const rule: Rule = {
  id: 'REST-INT4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A Lambda function is invoked with POST',
  why: 'The Lambda API accepts only POST, whatever the method of the route. With another method every call returns 500 "Internal server error".',
  fix: {
    library: 'Use `RestIntegration.lambda(fn)`, which sets it.',
    l2: 'Use `LambdaIntegration`, or set `integrationHttpMethod: "POST"` on the `AwsIntegration`.',
    cloudFormation: 'Set `IntegrationHttpMethod: POST` (in OpenAPI `httpMethod` of the integration).',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      if (
        isKnown(integration) &&
        invokesLambda(integration) &&
        knownAnd(integration.httpMethod, (verb) => verb !== 'POST')
      ) {
        yield onMethod(method, `invokes its function with ${String(integration.httpMethod)}`, integration.location);
      }
    }
  },
};
