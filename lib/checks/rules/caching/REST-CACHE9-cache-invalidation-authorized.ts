import { jsonText } from '../../../template/reader/json-text';
import { type RestApi } from '../../../template/model/model';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { guide, isOpen, onMethod, stageLabel } from '../../queries/common';

/** A policy that says who may empty the cache names the action. */
const limitsInvalidation = ({ policy }: RestApi): boolean => jsonText(policy)?.includes('InvalidateCache') === true;

export const rule: Rule = {
  id: 'REST-CACHE9',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Only authorized callers may invalidate the cache',
  why:
    'Any request with `Cache-Control: max-age=0` bypasses the cache and renews the entry. CloudFormation cannot set ' +
    '"Require authorization" for this, so on an open route anyone can send every request to the back end.',
  fix: {
    library: 'Deny `execute-api:InvalidateCache` in the resource policy, or give the route an `authorizer`.',
    l2:
      'Deny `execute-api:InvalidateCache` in a statement of `addToResourcePolicy(…)`, or give the method an ' +
      '`authorizer`.',
    cloudFormation:
      'Deny `execute-api:InvalidateCache` in `Policy` of the RestApi, or set an `AuthorizationType` of the method.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { api, method, integration, stage } of cachedMethods(model)) {
      if (isOpen(method) && !limitsInvalidation(api)) {
        yield onMethod(
          method,
          `has no authorization, and anyone may invalidate what ${stageLabel(stage)} caches`,
          integration.location,
        );
      }
    }
  },
};
