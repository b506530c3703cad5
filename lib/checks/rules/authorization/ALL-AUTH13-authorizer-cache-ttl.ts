import { CACHE_TTL_MAX_SECONDS } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { apiReference } from '../../queries/common';
import { allApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-AUTH13',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Authorizer results are cached for 0 to 3600 seconds',
  why: 'API Gateway rejects any other time to live, and the deployment rolls back. WebSocket APIs cache nothing: the authorizer runs once per connection.',
  fix: {
    library: 'Set `resultsCacheTtl` on the authorizer to an hour or less.',
    l2: 'Set `resultsCacheTtl` on the authorizer to `Duration.hours(1)` or less.',
    cloudFormation:
      'Set `AuthorizerResultTtlInSeconds` (`authorizerResultTtlInSeconds` in the OpenAPI security scheme) to a value ' +
      'from 0 to 3600, and omit it for a WebSocket API.',
  },
  link: apiReference('CreateAuthorizer'),
  sameAs: { 'cfn-lint': ['E3718'] },
  *check(model) {
    for (const { kind, authorizers } of allApisOf(model)) {
      for (const authorizer of authorizers) {
        const ttl = authorizer.resultTtlInSeconds;
        if (typeof ttl === 'number' && (ttl < 0 || ttl > CACHE_TTL_MAX_SECONDS)) {
          yield {
            location: authorizer.location,
            message: `authorizer "${authorizer.key}" has a time to live of ${ttl} s; 0 to ${CACHE_TTL_MAX_SECONDS} is allowed`,
          };
        } else if (kind === 'websocket' && typeof ttl === 'number' && ttl > 0) {
          yield {
            location: authorizer.location,
            message: `authorizer "${authorizer.key}" has a time to live of ${ttl} s; WebSocket APIs do not cache authorizer results`,
            severity: 'warning',
          };
        }
      }
    }
  },
};
