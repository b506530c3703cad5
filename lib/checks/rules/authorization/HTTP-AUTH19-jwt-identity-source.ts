import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, listed } from '../../queries/common';

const OF_REQUEST = /^\$request\.(header|querystring)\.[^\s,]+$/;

export const rule: Rule = {
  id: 'HTTP-AUTH19',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A JWT authorizer has one identity source, the location of the token',
  why: 'API Gateway reads the token from a single header or query parameter, with or without the prefix "Bearer ". Anywhere else it finds no token.',
  fix: {
    library: 'Set `identitySource` of `HttpAuthorizer.jwt(…)`, or omit it.',
    l2: 'Set one entry in `identitySource` of the `HttpJwtAuthorizer` or `HttpUserPoolAuthorizer`, or omit it.',
    cloudFormation:
      'Set `IdentitySource` to one entry, e.g. `$request.header.Authorization` (`identitySource` in the OpenAPI ' +
      'security scheme).',
  },
  link: cloudFormation('resource-apigatewayv2-authorizer'),
  *check(model) {
    for (const { authorizers } of model.httpApis) {
      for (const { type, identitySource, key, location } of authorizers) {
        if (type !== 'JWT' || !isKnown(identitySource)) {
          continue;
        }
        if (identitySource.length !== 1) {
          const what = identitySource.length === 0 ? 'no identity source' : `${identitySource.length} identity sources`;
          yield { location, message: `authorizer "${key}" has ${what}; a JWT authorizer requires exactly one` };
        } else if (!identitySource.every((source) => OF_REQUEST.test(source))) {
          yield { location, message: `authorizer "${key}" looks for its token in ${listed(identitySource)}` };
        }
      }
    }
  },
};
