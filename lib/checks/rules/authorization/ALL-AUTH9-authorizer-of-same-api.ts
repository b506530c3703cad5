import { type AnyApi, type AnyAuthorizer } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';
import { allApisOf, allRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-AUTH9',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A route uses an authorizer of its own API',
  why: 'API Gateway looks for the authorizer in the API of the method or route. It does not find one of another API, and the deployment rolls back with "Invalid authorizer ID specified".',
  fix: {
    library: 'Give each gateway its own `defaultAuthorizer`; two authorizers may use the same user pool or function.',
    l2:
      'Create one `TokenAuthorizer`, `RequestAuthorizer`, `CognitoUserPoolsAuthorizer`, `HttpJwtAuthorizer` or ' +
      '`HttpLambdaAuthorizer` for each API; they may use the same user pool or function.',
    cloudFormation:
      'Set `AuthorizerId` to an authorizer whose `RestApiId` (`ApiId` of HTTP and WebSocket APIs) is the one of the ' +
      'method or route.',
  },
  link: cloudFormation('resource-apigateway-method'),
  sameAs: { 'cfn-lint': ['E3699'] },
  *check(model) {
    const apis = allApisOf(model);
    if (apis.length < 2) {
      return;
    }
    const owners = new Map<AnyAuthorizer, AnyApi>();
    for (const api of apis) {
      api.authorizers.forEach((authorizer) => owners.set(authorizer, api));
    }
    for (const { api, route } of allRoutesOf(model)) {
      const owner = isKnown(route.authorizer) ? owners.get(route.authorizer) : undefined;
      if (isKnown(route.authorizer) && owner && owner !== api) {
        yield onRoute(
          route,
          `of ${api.location.logicalId} uses authorizer "${route.authorizer.key}", which belongs to ${owner.location.logicalId}`,
        );
      }
    }
  },
};
