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
  title: 'Required parameters of a definition are validated',
  why: 'Without a request validator `required: true` is only documentation: the request reaches the back end without the parameter that the document requires.',
  fix: {
    library: 'Let the gateway validate, which checks everything that a route requires.',
    l2:
      'Add `x-amazon-apigateway-request-validators` to the document that `ApiDefinition` reads, and ' +
      '`x-amazon-apigateway-request-validator` at its root for all operations.',
    cloudFormation:
      'Add `x-amazon-apigateway-request-validators` to the Body, and `x-amazon-apigateway-request-validator` at its ' +
      'root for all operations.',
  },
  link: guide('api-gateway-swagger-extensions-request-validators'),
  *check(model) {
    for (const api of model.restApis) {
      const promised = api.form === 'body' ? api.methods.filter(isPromised) : [];
      if (promised.length > 0) {
        yield {
          location: inside(api.location, 'Body'),
          message: `${listed(promised.map(routeOf))} requires parameters, but has no request validator`,
        };
      }
    }
  },
};
