import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../authoring/errors';
import { AuthorizerType, checkType, type TypeProps } from '../gateway/authorizer-config';
import { checkIdentitySource } from '../gateway/identity-source';
import { defineJwtSettings, type JwtSettings } from '../jwt/settings';
import { type WebSocketAuthorizerConfig } from './authorizer-config';
import { WebSocketTokenSource } from './token-source';

/** An authorizer, with every default filled in. */
export interface WebSocketAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'request';
  readonly name: string;
  /** Why everyone may connect; kind `none` only. */
  readonly reason?: string;
  readonly fn?: IFunction;
  /** An authorizer whose function is bundled with this package; the gateway creates it. */
  readonly jwt?: JwtSettings;
  readonly identitySources: readonly string[];
}

const CLAIMS = ['requiredClaims', 'clockTolerance', 'algorithms'];

const TYPES: Partial<Readonly<Record<AuthorizerType, TypeProps>>> = {
  NONE: { needs: [], takes: [] },
  IAM: { needs: [], takes: [] },
  JWT: { needs: ['issuer', 'audience'], takes: ['scopes', 'tokenSources', ...CLAIMS] },
  REQUEST: { needs: ['handler'], takes: ['identitySources'] },
};

/**
 * All authorizers pass through here, the library's and custom ones.
 * @throws if the config contradicts itself
 */
export function defineAuthorizer(config: WebSocketAuthorizerConfig, owner: Owner): WebSocketAuthorizerDefinition {
  checkType(config, TYPES, 'WebSocket', owner);
  const { type, authorizerName: name = '', reason, handler: fn, identitySources = [] } = config;
  if (type === AuthorizerType.NONE) return { kind: 'none', name: 'none', reason, identitySources: [] };
  if (type === AuthorizerType.IAM) return { kind: 'iam', name: 'sigv4', identitySources: [] };
  if (type === AuthorizerType.REQUEST)
    return {
      kind: 'request',
      name,
      fn,
      identitySources: identitySources.map((source) => checkIdentitySource(source, 'websocket', owner)),
    };
  const sources = config.tokenSources ?? [WebSocketTokenSource.header()];
  if (sources.length === 0) {
    throw owner.error('tokenSources is empty, so no token would be found; remove it for the header Authorization');
  }
  const { issuer = '', audience = [], scopes, requiredClaims, clockTolerance, algorithms } = config;
  const options = { audience, scopes, requiredClaims, clockTolerance, algorithms };
  const token = { sources: sources.map(({ _source }) => _source), kind: 'websocket' as const };
  return {
    kind: 'request',
    name,
    jwt: defineJwtSettings(issuer, options, token, owner),
    // All identity sources must be present, but of several token sources one is enough.
    identitySources: sources.length === 1 ? [sources[0]._identitySource] : [],
  };
}
