import { UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-VAL4',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Every request validator validates a route',
  why: 'A validator that no route uses checks nothing. Usually a route was meant to use it.',
  fix: {
    library: 'Refer to it in a route, or delete it; the gateway creates the validators that its routes need.',
    l2: 'Pass it as `requestValidator` in `addMethod(…)`, or delete it.',
    cloudFormation:
      'Refer to it in the `RequestValidatorId` of a method, or in the `x-amazon-apigateway-request-validator` of an ' +
      'operation or the whole document, or delete it.',
  },
  link: guide('api-gateway-method-request-validation'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.validators.length === 0 || api.form === 'opaque') {
        continue;
      }
      const used = new Set<unknown>(api.methods.map(({ validator }) => validator));
      for (const validator of used.has(UNKNOWN) ? [] : api.validators) {
        if (!used.has(validator)) {
          yield { location: validator.location, message: `validator "${validator.key}" is used by no route` };
        }
      }
    }
  },
};
