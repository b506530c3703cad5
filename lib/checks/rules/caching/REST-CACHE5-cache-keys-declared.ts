import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, listed, methodsOf, onMethod } from '../../queries/common';

/** `multivaluequerystring` and `querystring` name the same parameter. */
const single = (name: string): string => name.replace('.request.multivalue', '.request.');

export const rule: Rule = {
  id: 'REST-CACHE5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Cache key parameters are declared',
  why: 'API Gateway rejects a cache key parameter that neither the method nor the integration declares, and the deployment rolls back.',
  fix: {
    library:
      'Declare the parameter in `request.query` or `request.headers` of the route; the gateway declares path ' +
      'variables.',
    l2:
      'Declare the parameter in `requestParameters` of `addMethod(…)` (or of the integration, for ' +
      '`integration.request.*`).',
    cloudFormation:
      'Declare it in `RequestParameters` of the method (or of the integration, for `integration.request.*`).',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      const keys =
        isKnown(integration) && isKnown(integration.cacheKeyParameters) ? integration.cacheKeyParameters : [];
      const declaredHere = method.requestParameters;
      if (
        !isKnown(integration) ||
        !isKnown(integration.requestParameters) ||
        !isKnown(declaredHere) ||
        keys.length === 0
      ) {
        continue;
      }
      const declared = new Set(
        [...Object.keys(declaredHere), ...Object.keys(integration.requestParameters)].map(single),
      );
      const undeclared = keys.filter((name) => !declared.has(single(name)));
      if (undeclared.length > 0) {
        yield onMethod(
          method,
          `has ${listed(undeclared)} in its cache key, which it does not declare`,
          integration.location,
        );
      }
    }
  },
};
