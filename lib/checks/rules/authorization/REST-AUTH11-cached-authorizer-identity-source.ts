import { DEFAULT_AUTHORIZER_TTL_SECONDS } from '../../../facts/enumerations';
import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-AUTH11',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A cached request authorizer has an identity source',
  why:
    'The identity source is the key of the authorizer cache. Without one the deployment fails, because results are ' +
    'cached for 300 seconds unless the template sets 0.',
  fix: {
    library:
      'List what identifies the caller in `identitySources` of `RestAuthorizer.lambda(…)`, or set ' +
      '`resultsCacheTtl: Duration.seconds(0)`.',
    l2:
      'List what identifies the caller in `identitySources` of the `RequestAuthorizer`, or set `resultsCacheTtl: ' +
      'Duration.seconds(0)`.',
    cloudFormation: 'Set `IdentitySource`, or `AuthorizerResultTtlInSeconds: 0`.',
  },
  link: cloudFormation('resource-apigateway-authorizer'),
  *check(model) {
    for (const { authorizers } of model.restApis) {
      for (const authorizer of authorizers) {
        const ttl = authorizer.resultTtlInSeconds ?? DEFAULT_AUTHORIZER_TTL_SECONDS;
        const source = authorizer.identitySource;
        const none = source === undefined || (typeof source === 'string' && source.trim() === '');
        if (authorizer.type === 'REQUEST' && none && typeof ttl === 'number' && ttl > 0) {
          yield {
            location: authorizer.location,
            message: `authorizer "${authorizer.key}" caches its results for ${ttl} s but has no IdentitySource`,
          };
        }
      }
    }
  },
};
