import { type Method } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd, listed, routeOf } from '../../queries/common';
import { knownOr } from '../../../template/model/value';

/** The others take a body, and are a matter of REST-VAL2. */
const READS = ['GET', 'HEAD', 'DELETE', 'ANY'];

function isPromised({ validator, httpMethod, requestParameters }: Method): boolean {
  return (
    validator === undefined &&
    knownAnd(httpMethod, (verb) => READS.includes(verb)) &&
    Object.entries(knownOr(requestParameters, {})).some(
      ([name, required]) => required === true && !name.includes('.path.'),
    )
  );
}

export const rule: Rule = {
  id: 'OAS6',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'What a definition requires is asked for',
  why: 'Without a request validator `required: true` is documentation: the request goes to the back end without the parameter that the document promises.',
  fix: {
    library: 'Leave validation to the gateway, which validates what a route requires.',
    l2:
      'Write `x-amazon-apigateway-request-validators` into the document that `ApiDefinition` takes, and ' +
      '`x-amazon-apigateway-request-validator` at its root for all operations.',
    cloudFormation:
      'Write `x-amazon-apigateway-request-validators` into the Body, and `x-amazon-apigateway-request-validator` at its ' +
      'root for all operations.',
  },
  link: guide('api-gateway-swagger-extensions-request-validators'),
  *check(model) {
    for (const api of model.restApis) {
      const promised = api.form === 'body' ? api.methods.filter(isPromised) : [];
      if (promised.length > 0) {
        yield {
          location: inside(api.location, 'Body'),
          message: `${listed(promised.map(routeOf))} requires parameters, and nothing checks for them`,
        };
      }
    }
  },
};
