import { type Method, type RequestValidator } from '../../../template/model/model';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, knownAnd, methodsOf, onMethod } from '../../queries/common';

const WRITES = ['POST', 'PUT', 'PATCH'];

function judge(method: Method, { key, validateBody, validateParameters }: RequestValidator): Violation | undefined {
  if (
    validateBody === true &&
    isKnown(method.requestModels) &&
    Object.keys(method.requestModels).length === 0 &&
    writes(method)
  ) {
    return onMethod(method, `has validator "${key}" for its body, but no model`);
  }
  if (validateBody !== false || validateParameters !== true) {
    return undefined;
  }
  const required = Object.values(knownOr(method.requestParameters, {}));
  // One validator for the whole API is the usual way, so that this is worth a hint only.
  return required.length > 0 && required.every((one) => one === false)
    ? { ...onMethod(method, `has validator "${key}" for parameters, but requires none`), severity: 'info' }
    : undefined;
}

function writes(method: Method): boolean {
  return knownAnd(method.httpMethod, (verb) => WRITES.includes(verb));
}

export const rule: Rule = {
  id: 'REST-VAL3',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A validator has something to check',
  why: 'A body validator without a model accepts every body, and a parameter validator checks only required parameters: the method looks protected but is not.',
  fix: {
    library: 'Give the route a schema: `request: { body: JsonSchema.fromObject({…}) }`.',
    l2: 'Set `requestModels: { "application/json": model }` or required `requestParameters` in `addMethod(…)`.',
    cloudFormation:
      'Set `RequestModels` on the method; in OpenAPI the schema of `requestBody`, and `required: true` of parameters.',
  },
  link: guide('api-gateway-method-request-validation'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const found = isKnown(method.validator) ? judge(method, method.validator) : undefined;
      if (found) {
        yield found;
      }
    }
  },
};
