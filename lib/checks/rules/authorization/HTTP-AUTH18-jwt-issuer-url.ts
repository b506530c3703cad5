import { isLiteral, outline, type Text } from '../../../template/model/text';
import { type Rule, type RuleSeverity } from '../../rule';
import { guide } from '../../queries/common';

/** A reference may stand for the scheme too. */
const isOtherScheme = (issuer: Text): boolean =>
  /^(?!https:)[a-z][a-z0-9+.-]*:\/\//i.test(outline(issuer)) || (isLiteral(issuer) && !/^https:\/\//i.test(issuer));

function problem(issuer: Text): [string, RuleSeverity] | undefined {
  if (isOtherScheme(issuer)) {
    return ['does not start with https://', 'error'];
  }
  return outline(issuer).includes('/.well-known/')
    ? ['ends in the path of its discovery document', 'warning']
    : undefined;
}

export const rule: Rule = {
  id: 'HTTP-AUTH18',
  appliesTo: ['http'],
  severity: 'error',
  title: 'The issuer of a JWT authorizer is an https URL without /.well-known/',
  why:
    'API Gateway reads the keys of the issuer from `<issuer>/.well-known/openid-configuration`, and accepts only ' +
    'tokens whose `iss` is exactly the issuer. With another scheme, or with that path, it finds no keys or no token ' +
    'matches. (That the path must not be there is derived from this.)',
  fix: {
    library:
      'Pass the `iss` of the tokens to `HttpAuthorizer.jwt({ issuer })`, or use `.auth0(…)`, `.okta(…)`, `.entraId(…)`, ' +
      '`.cognito(…)`.',
    l2: 'Pass the `iss` of the tokens as the second argument of `HttpJwtAuthorizer`, or use `HttpUserPoolAuthorizer`.',
    cloudFormation:
      'Set `Issuer` on the `JwtConfiguration` to the `iss` of the tokens, e.g. ' +
      '`https://cognito-idp.<region>.amazonaws.com/<pool>`.',
  },
  link: guide('http-api-jwt-authorizer'),
  *check(model) {
    for (const { authorizers } of model.httpApis) {
      for (const { type, jwt, key, location } of authorizers) {
        const issuer = jwt?.issuer;
        const found = type === 'JWT' && issuer !== undefined ? problem(issuer) : undefined;
        if (found) {
          const [what, severity] = found;
          yield {
            location: jwt?.location ?? location,
            message: `the issuer "${issuer ?? ''}" of authorizer "${key}" ${what}`,
            severity,
          };
        }
      }
    }
  },
};
