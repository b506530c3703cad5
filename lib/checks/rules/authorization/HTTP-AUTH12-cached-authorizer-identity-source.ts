import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-AUTH12',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A cached Lambda authorizer of an HTTP API has an identity source',
  why: 'The identity sources are the key of the authorizer cache. API Gateway rejects a time to live without one, and the deployment rolls back.',
  fix: {
    library:
      'List what identifies the caller in the `identitySources` of `HttpAuthorizer.lambda(…)`, or omit ' +
      '`resultsCacheTtl`.',
    l2:
      'List what identifies the caller in `identitySource` of the `HttpLambdaAuthorizer`, or set `resultsCacheTtl: ' +
      'Duration.seconds(0)`.',
    cloudFormation:
      'Set `IdentitySource`, e.g. to `$request.header.Authorization`, or `AuthorizerResultTtlInSeconds: 0`.',
  },
  link: guide('http-api-lambda-authorizer'),
  *check(model) {
    for (const { authorizers } of model.httpApis) {
      for (const { type, key, location, identitySource, resultTtlInSeconds: ttl } of authorizers) {
        const isCached = type === 'REQUEST' && typeof ttl === 'number' && ttl > 0;
        if (isCached && knownAnd(identitySource, (sources) => sources.length === 0)) {
          yield { location, message: `authorizer "${key}" caches its results for ${ttl} s but has no IdentitySource` };
        }
      }
    }
  },
};
