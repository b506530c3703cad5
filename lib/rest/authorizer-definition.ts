import { Token } from 'aws-cdk-lib';
import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner, show } from '../authoring/errors';
import { faultOfPattern } from '../authoring/regular-expression';
import { AuthorizerType, checkType, type TypeProps } from '../gateway/authorizer-config';
import { decisionTtl } from '../gateway/decision-ttl';
import { asWrittenFor, checkIdentitySource } from '../gateway/identity-source';
import { defineJwtSettings, type JwtSettings } from '../jwt/settings';
import { type RestAuthorizerConfig } from './authorizer-config';

/** An authorizer, with every default filled in. */
export interface RestAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'cognito' | 'token' | 'request';
  /** The name of the security scheme. */
  readonly name: string;
  /** Why the route is open; kind `none` only. */
  readonly reason?: string;
  readonly userPools?: readonly IUserPool[];
  readonly fn?: IFunction;
  /** A request authorizer whose function is bundled with this package; the gateway creates it. */
  readonly jwt?: JwtSettings;
  readonly scopes?: readonly string[];
  readonly identitySources: readonly string[];
  readonly validationRegex?: string;
  readonly ttlSeconds?: number;
}

const KEPT = ['identitySources', 'resultsCacheTtl'];
const CLAIMS = ['requiredClaims', 'clockTolerance', 'algorithms'];

const TYPES: Partial<Readonly<Record<AuthorizerType, TypeProps>>> = {
  NONE: { needs: [], takes: [] },
  IAM: { needs: [], takes: [] },
  COGNITO: { needs: ['userPools'], takes: ['scopes', ...KEPT] },
  JWT: { needs: ['issuer', 'audience'], takes: ['scopes', ...CLAIMS, ...KEPT] },
  TOKEN: { needs: ['handler'], takes: ['validationRegex', ...KEPT] },
  REQUEST: { needs: ['handler'], takes: KEPT },
};

/**
 * All authorizers pass through here, the library's and custom ones.
 * @throws if the config contradicts itself, or one caller would get the decision for another
 */
export function defineAuthorizer(config: RestAuthorizerConfig, owner: Owner): RestAuthorizerDefinition {
  checkType(config, TYPES, 'REST', owner);
  const { type, authorizerName: name = '', reason, scopes, handler: fn, userPools = [], validationRegex } = config;
  if (type === AuthorizerType.NONE) return { kind: 'none', name: 'none', reason, identitySources: [] };
  if (type === AuthorizerType.IAM) return { kind: 'iam', name: 'sigv4', identitySources: [] };
  if (type === AuthorizerType.COGNITO) {
    if (userPools.length === 0) throw owner.error('userPools is empty; name at least one user pool');
    const identitySources = [headerOf(config, owner)];
    return {
      kind: 'cognito',
      name,
      userPools: [...userPools],
      scopes: scopes && [...scopes],
      identitySources,
      ttlSeconds: decisionTtl(config, identitySources, 'rest', owner),
    };
  }
  if (type === AuthorizerType.JWT) return defineJwt(config, name, owner);
  if (type === AuthorizerType.TOKEN) {
    checkValidationRegex(validationRegex, owner);
    const identitySources = [headerOf(config, owner)];
    const ttlSeconds = decisionTtl(config, identitySources, 'rest', owner);
    return { kind: 'token', name, fn, identitySources, validationRegex, ttlSeconds };
  }
  const identitySources = (config.identitySources ?? []).map((source) => checkIdentitySource(source, 'rest', owner));
  return {
    kind: 'request',
    name,
    fn,
    identitySources,
    ttlSeconds: decisionTtl(config, identitySources, 'rest', owner),
  };
}

function defineJwt(config: RestAuthorizerConfig, name: string, owner: Owner): RestAuthorizerDefinition {
  const source = headerOf(config, owner);
  if (Token.isUnresolved(source))
    throw owner.error('identitySource must be known before the deployment: "method.request.header.Authorization"');
  const { issuer = '', audience = [], scopes, requiredClaims, clockTolerance, algorithms } = config;
  const options = { audience, scopes, requiredClaims, clockTolerance, algorithms };
  return {
    kind: 'request',
    jwt: defineJwtSettings(issuer, options, { header: source.replace(/^method\.request\.header\./, '') }, owner),
    name,
    identitySources: [source],
    ttlSeconds: decisionTtl(config, [source], 'rest', owner),
  };
}

const AUTHORIZATION = 'method.request.header.Authorization';
const HEADER_SOURCE = /^method\.request\.header\.[\w$.!#%&'*+^`|~-]+$/;

function headerOf({ identitySources = [AUTHORIZATION] }: RestAuthorizerConfig, owner: Owner) {
  const [given = '', ...others] = identitySources;
  if (others.length > 0) {
    throw owner.error(`identitySource ${JSON.stringify(identitySources)} must be one header: ${show(AUTHORIZATION)}`);
  }
  if (Token.isUnresolved(given) || HEADER_SOURCE.test(given)) return given;
  const meant = asWrittenFor('rest', given);
  throw owner.error(
    `identitySource ${show(given)} must be one header: ${show(HEADER_SOURCE.test(meant) ? meant : AUTHORIZATION)}`,
  );
}

function checkValidationRegex(pattern: string | undefined, owner: Owner): void {
  if (pattern === undefined || Token.isUnresolved(pattern)) return;
  const why = pattern === '' ? 'it is empty' : faultOfPattern(pattern);
  if (why === undefined) return;
  throw owner.error(
    `validationRegex ${show(pattern)} is not a regular expression (${why}); write e.g. "^Bearer [-0-9A-Za-z._]+$", or remove it`,
  );
}
