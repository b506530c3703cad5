import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';
import { at } from '../../../lookup/named';

const AUTHORIZER_TYPES: Readonly<Record<string, readonly string[]>> = {
  CUSTOM: ['TOKEN', 'REQUEST'],
  COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'],
};
const V2_AUTHORIZER_TYPES: typeof AUTHORIZER_TYPES = { CUSTOM: ['REQUEST'], JWT: ['JWT'] };

export const rule: Rule = {
  id: 'ALL-AUTH8',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The authorization type matches the type of the authorizer',
  why: 'API Gateway rejects a method or route whose AuthorizationType does not match its authorizer, and the deployment rolls back.',
  fix: {
    library:
      'Pass the authorizer itself as `authorizer` (`RestAuthorizer.cognito(…)`, `HttpAuthorizer.jwt(…)`, ' +
      '`WebSocketAuthorizer.lambda(…)`…), which determines the type.',
    l2: 'Omit `authorizationType` when you set `authorizer`, which determines the type.',
    cloudFormation:
      'Set `AuthorizationType` CUSTOM with TOKEN (REST only) and REQUEST, COGNITO_USER_POOLS with COGNITO_USER_POOLS, ' +
      'JWT with JWT.',
  },
  link: cloudFormation('resource-apigateway-method'),
  sameAs: { 'cfn-lint': ['E3708'] },
  *check(model) {
    for (const { api, route } of allRoutesOf(model)) {
      const { authorizationType: type, authorizer } = route;
      if (typeof type !== 'string' || !isKnown(authorizer) || typeof authorizer.type !== 'string') {
        continue;
      }
      const allowed = at(api.kind === 'rest' ? AUTHORIZER_TYPES : V2_AUTHORIZER_TYPES, type);
      // That a WebSocket API has no JWT at all is for WS-AUTH6 to say.
      const isToldElsewhere = api.kind === 'websocket' && (type === 'JWT' || authorizer.type === 'JWT');
      if (allowed && !isToldElsewhere && !allowed.includes(authorizer.type)) {
        yield onRoute(
          route,
          `has AuthorizationType ${type}, but authorizer "${authorizer.key}" is of type ${authorizer.type}`,
        );
      }
    }
  },
};
