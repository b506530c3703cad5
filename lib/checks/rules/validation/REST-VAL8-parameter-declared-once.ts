import { type Rule } from '../../rule';
import { apiReference, methodsOf, onMethod } from '../../queries/common';
import { knownOr } from '../../../template/model/value';

const DECLARED = /^method\.request\.(path|querystring|header)\.(.+)$/s;
const PLACES: Readonly<Record<string, string>> = { path: 'the path', querystring: 'the query', header: 'the headers' };

export const rule: Rule = {
  id: 'REST-VAL8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A method declares each parameter name once',
  why:
    'API Gateway rejects a name that a method uses for more than one of path variable, query parameter and header ' +
    '("Parameter names must be unique across querystring, header and path"), and the deployment rolls back.',
  fix: {
    library: 'Rename one of the two, or remove the name from `request.query` or `request.headers` of the route.',
    l2: 'Rename one of the two, or remove it from `requestParameters` of `addMethod`.',
    cloudFormation:
      'Rename one of the two, or remove it from `RequestParameters` (`parameters` of the operation in OpenAPI).',
  },
  link: apiReference('PutMethod'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const places = new Map<string, string>();
      for (const declared of Object.keys(knownOr(method.requestParameters, {}))) {
        const [, place, name] = DECLARED.exec(declared) ?? [];
        if (name === undefined) continue;
        const other = places.get(name);
        if (other === undefined) places.set(name, place);
        else yield onMethod(method, `declares "${name}" in ${PLACES[other]} and in ${PLACES[place]}`);
      }
    }
  },
};
