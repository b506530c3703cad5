import { type ApiModel, type Authorizer } from '../../../template/model/model';
import { isLiteral, referenceOf, type Text } from '../../../template/model/text';
import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

const POOL = 'AWS::Cognito::UserPool';

/** What is not the ARN of a user pool; undefined if it may be one. */
function otherPool(model: ApiModel, arn: Text): string | undefined {
  if (isLiteral(arn)) {
    return /^(arn:|\{\{resolve:)/.test(arn) ? undefined : `"${arn}"`;
  }
  const found = referenceOf(arn);
  return found && found.attribute === undefined && model.typeOf(found) === POOL ? `!Ref ${found.logicalId}` : undefined;
}

function missing(model: ApiModel, authorizer: Authorizer): string[] {
  const found: string[] = [];
  const type = authorizer.type;
  const lambda = type === 'TOKEN' || type === 'REQUEST';
  if ((type === 'TOKEN' || type === 'COGNITO_USER_POOLS') && authorizer.identitySource === undefined) {
    found.push('has no IdentitySource (the header that holds the token)');
  }
  if (lambda && authorizer.uri === undefined) {
    found.push('has no AuthorizerUri (the function to call)');
  }
  if (type === 'COGNITO_USER_POOLS' && authorizer.providerArns.length === 0) {
    found.push('has no ProviderARNs (the user pools)');
  }
  for (const arn of type === 'COGNITO_USER_POOLS' ? authorizer.providerArns : []) {
    const other = otherPool(model, arn);
    if (other !== undefined) found.push(`has ${other} in its ProviderARNs, which is not the ARN of a user pool`);
  }
  if (type === 'COGNITO_USER_POOLS' && authorizer.uri !== undefined) {
    found.push('has an AuthorizerUri, which only Lambda authorizers have');
  }
  return found;
}

export const rule: Rule = {
  id: 'REST-AUTH10',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An authorizer has the properties that its type needs',
  why: 'API Gateway rejects the authorizer, and the deployment rolls back.',
  fix: {
    library:
      'Create it with `RestAuthorizer.cognito({ userPools })`, `.lambdaToken(fn)` or `.lambda(fn, { ' +
      'identitySources })`.',
    l2: 'Create it with `CognitoUserPoolsAuthorizer`, `TokenAuthorizer` or `RequestAuthorizer`.',
    cloudFormation:
      'Set `IdentitySource` and `AuthorizerUri` on a TOKEN authorizer, `AuthorizerUri` on a REQUEST authorizer, and ' +
      '`IdentitySource` and `ProviderARNs` (the ARNs of user pools) on a COGNITO_USER_POOLS authorizer.',
  },
  link: cloudFormation('resource-apigateway-authorizer'),
  *check(model) {
    for (const { authorizers } of model.restApis) {
      for (const authorizer of authorizers) {
        for (const what of missing(model, authorizer)) {
          yield {
            location: authorizer.location,
            message: `authorizer "${authorizer.key}" of type ${String(authorizer.type)} ${what}`,
          };
        }
      }
    }
  },
};
