import { CACHE_TTL_MAX_SECONDS } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { apiReference } from '../../support';

export const rule: Rule = {
  id: 'ALL-AUTH13',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Authorizer results live 0 to 3600 seconds',
  why: 'API Gateway refuses any other time to live, and the deployment rolls back.',
  fix:
    'Set `resultsCacheTtl` of the authorizer to an hour or less. In CloudFormation: `AuthorizerResultTtlInSeconds` (REST) or ' +
    '`authorizerResultTtlInSeconds` in the OpenAPI security scheme.',
  link: apiReference('CreateAuthorizer'),
  sameAs: { 'cfn-lint': ['E3718'] },
  *check(model) {
    for (const { authorizers } of model.restApis) {
      for (const authorizer of authorizers) {
        const ttl = authorizer.resultTtlInSeconds;
        if (typeof ttl === 'number' && (ttl < 0 || ttl > CACHE_TTL_MAX_SECONDS)) {
          yield {
            location: authorizer.location,
            message: `authorizer "${authorizer.key}" has a time to live of ${ttl} s; 0 to ${CACHE_TTL_MAX_SECONDS} is allowed`,
          };
        }
      }
    }
  },
};
