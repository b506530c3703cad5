import { knownAnd } from '../../queries/common';
import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod } from '../../queries/common';

const WRITES = ['POST', 'PUT', 'PATCH'];

export const rule: Rule = {
  id: 'REST-VAL2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A method with a body validates the request',
  why: 'A request that API Gateway rejects costs nothing and does not reach your code. Without a validator, the back end pays for, logs and parses every malformed request.',
  fix: {
    library: 'Give the route a schema: `request: { body: JsonSchema.fromObject({…}) }`.',
    l2:
      'Set `requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true }` in `addMethod(…)`, ' +
      'with `requestModels`.',
    cloudFormation: 'Set `RequestValidatorId` on the method, or `x-amazon-apigateway-request-validator` in OpenAPI.',
  },
  link: guide('api-gateway-method-request-validation'),
  sameAs: { 'cdk-nag': ['AwsSolutions-APIG2'], checkov: ['CKV2_AWS_53'] },
  *check(model) {
    for (const { method } of methodsOf(model)) {
      if (knownAnd(method.httpMethod, (verb) => WRITES.includes(verb)) && method.validator === undefined) {
        yield onMethod(method, 'accepts a body that no validator checks');
      }
    }
  },
};
