import { AUDIENCES_PER_AUTHORIZER } from '../../../facts/quotas';
import { type V2Authorizer } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

function* problems({ jwt }: V2Authorizer): Iterable<string> {
  if (jwt?.issuer === undefined) {
    yield 'has no issuer';
  }
  const audience = jwt ? jwt.audience : [];
  if (isKnown(audience) && audience.length === 0) {
    yield 'has no audience';
  } else if (isKnown(audience) && audience.length > AUDIENCES_PER_AUTHORIZER) {
    yield `has ${audience.length} audiences; ${AUDIENCES_PER_AUTHORIZER} are allowed`;
  }
}

export const rule: Rule = {
  id: 'HTTP-AUTH17',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A JWT authorizer has an issuer and audiences',
  why: 'Both are required: the issuer says whose tokens are accepted, the audience who they were issued for. API Gateway rejects the authorizer without them.',
  fix: {
    library: 'Use `HttpAuthorizer.jwt({ issuer, audience })` or `.cognito({ userPools, userPoolClients })`.',
    l2:
      'Use `new HttpJwtAuthorizer(id, jwtIssuer, { jwtAudience })` or `new HttpUserPoolAuthorizer(id, pool, { ' +
      'userPoolClients })`.',
    cloudFormation:
      `Set \`Issuer\` and 1 to ${AUDIENCES_PER_AUTHORIZER} entries of \`Audience\` in \`JwtConfiguration\` ` +
      '(`jwtConfiguration` in the OpenAPI security scheme).',
  },
  link: cloudFormation('properties-apigatewayv2-authorizer-jwtconfiguration'),
  *check(model) {
    for (const { authorizers } of model.httpApis) {
      for (const authorizer of authorizers.filter(({ type }) => type === 'JWT')) {
        for (const what of problems(authorizer)) {
          yield { location: authorizer.location, message: `authorizer "${authorizer.key}" ${what}` };
        }
      }
    }
  },
};
