import { knownAnd } from '../../queries/common';
import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod } from '../../queries/common';

const WRITES = ['POST', 'PUT', 'PATCH'];

export const rule: Rule = {
  id: 'REST-VAL2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A method that takes a body validates the request',
  why: 'What API Gateway refuses costs nothing and reaches no code. Without a validator every malformed request is paid for, logged and parsed by the back end.',
  fix: {
    library: 'Give the route a schema: `request: { body: JsonSchema.fromObject({…}) }`.',
    l2:
      'Set `requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true }` in `addMethod(…)`, ' +
      'with `requestModels`.',
    cloudFormation: 'Set `RequestValidatorId` of the method, or `x-amazon-apigateway-request-validator` in OpenAPI.',
  },
  link: guide('api-gateway-method-request-validation'),
  sameAs: { 'cdk-nag': ['AwsSolutions-APIG2'], checkov: ['CKV2_AWS_53'] },
  *check(model) {
    for (const { method } of methodsOf(model)) {
      if (knownAnd(method.httpMethod, (verb) => WRITES.includes(verb)) && method.validator === undefined) {
        yield onMethod(method, 'takes a body that nothing validates');
      }
    }
  },
};
