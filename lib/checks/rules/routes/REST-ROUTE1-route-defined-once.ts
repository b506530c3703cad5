import { type Method } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, onMethod, sameResource } from '../../queries/common';
import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';

export const rule: Rule = {
  id: 'REST-ROUTE1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A route is defined once',
  why: 'API Gateway rejects the second method with the same path and HTTP method with "Method already exists for this resource", and the stack rolls back.',
  fix: {
    library: 'Keep one of the two; each key of `routes` is unique.',
    l2:
      'Keep one of the two calls of `addMethod(…)`; if you rename one, call `overrideLogicalId(…)` on its L1 with ' +
      'the old logical id.',
    cloudFormation:
      'Keep one `AWS::ApiGateway::Method` for each `ResourceId` and `HttpMethod`; if you rename one, keep its ' +
      'logical id.',
  },
  link: cloudFormation('resource-apigateway-method'),
  sameAs: { 'cfn-lint': ['E3019'] },
  *check(model) {
    for (const api of model.restApis) {
      const first = new Map<string, Method>();
      // Keys of a Body are unique by nature.
      for (const method of api.form === 'body' || api.form === 'opaque' ? [] : api.methods) {
        const { httpMethod, path, location, conditional } = method;
        if (sameResource(location, api.location) || conditional === true || !isKnown(httpMethod) || !isLiteral(path)) {
          continue;
        }
        const route = `${httpMethod} ${path}`;
        const other = first.get(route);
        if (other) {
          yield onMethod(method, `is defined by ${location.logicalId} and by ${other.location.logicalId}`);
        } else {
          first.set(route, method);
        }
      }
    }
  },
};
