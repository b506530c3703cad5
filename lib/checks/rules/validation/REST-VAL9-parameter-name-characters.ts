import { REST_PARAMETER_NAME } from '../../../facts/names';
import { isLiteral } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { type Method } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { apiReference, methodsOf, onMethod } from '../../queries/common';

const PARAMETER = /^method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.(.+)$/s;

/** Wherever the method or its integration names a parameter of the request. */
function named(method: Method): string[] {
  const { integration } = method;
  const mapped = isKnown(integration)
    ? [...Object.values(knownOr(integration.requestParameters, {})), ...knownOr(integration.cacheKeyParameters, [])]
    : [];
  return [...Object.keys(knownOr(method.requestParameters, {})), ...mapped.filter(isLiteral)];
}

export const rule: Rule = {
  id: 'REST-VAL9',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The name of a parameter has only characters that API Gateway allows',
  why:
    'API Gateway rejects names with other characters than A-Z a-z 0-9 : . _ $ -, such as `filter[a]`, and the ' +
    'deployment rolls back. A proxy integration receives the parameter even if the method does not declare it.',
  fix: {
    library:
      'Remove the name from `request.query`, `request.headers` or `cache.headers` of the route, or rename it, e.g. "filter.a".',
    l2: 'Remove the name from `requestParameters` of `addMethod` and of the integration, or rename it, e.g. "filter.a".',
    cloudFormation:
      'Remove the name from `RequestParameters` of the method and of its integration and from `CacheKeyParameters` ' +
      '(`parameters` of the operation in OpenAPI), or rename it, e.g. "filter.a".',
  },
  link: apiReference('PutMethod'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const names = new Set(named(method).flatMap((text) => PARAMETER.exec(text)?.[1] ?? []));
      for (const name of names) {
        if (!REST_PARAMETER_NAME.test(name)) {
          yield onMethod(method, `names the parameter "${name}"; allowed are A-Z a-z 0-9 : . _ $ -`);
        }
      }
    }
  },
};
