import { SCOPES_PER_ROUTE } from '../../../facts/quotas';
import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, knownAnd, listed, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

const CHECKED_BY: Readonly<Record<'rest' | 'http' | 'websocket', readonly string[]>> = {
  rest: ['COGNITO_USER_POOLS', 'JWT'],
  http: ['JWT'],
  websocket: [],
};

export const rule: Rule = {
  id: 'ALL-AUTH21',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Authorization scopes are set only where they are checked',
  why: 'Only a Cognito user pool authorizer (REST) and a JWT authorizer (HTTP) compare scopes. Any other type ignores them, and the route is more open than it looks.',
  fix: {
    library:
      'Use `RestAuthorizer.cognito({ userPools, scopes })` or `HttpAuthorizer.jwt({ …, scopes })`, check the scopes ' +
      'in the Lambda authorizer, or remove them.',
    l2:
      'Set `authorizationScopes` only with a `CognitoUserPoolsAuthorizer` (REST), an `HttpJwtAuthorizer` or an ' +
      '`HttpUserPoolAuthorizer`, or check the scopes in the Lambda authorizer.',
    cloudFormation:
      `Set \`AuthorizationScopes\` only with COGNITO_USER_POOLS and JWT, and with at most ${SCOPES_PER_ROUTE} scopes ` +
      'per route of an HTTP API.',
  },
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const { api, route } of allRoutesOf(model)) {
      const type = route.authorizationType ?? 'NONE';
      const scopes = knownOr(route.scopes, []);
      const checks = CHECKED_BY[api.kind];
      if (scopes.length > 0 && knownAnd(type, (known) => !checks.includes(known))) {
        yield onRoute(route, `requires ${listed(scopes)}, which AuthorizationType ${String(type)} does not check`);
      } else if (api.kind === 'http' && scopes.length > SCOPES_PER_ROUTE) {
        yield onRoute(route, `has ${scopes.length} scopes; ${SCOPES_PER_ROUTE} are allowed`);
      }
    }
  },
};
