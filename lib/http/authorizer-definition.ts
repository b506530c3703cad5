import { Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner, show } from '../authoring/errors';
import { AUDIENCES_PER_AUTHORIZER } from '../facts/quotas';
import { AuthorizerType, checkType, type TypeProps } from '../gateway/authorizer-config';
import { asWrittenFor } from '../gateway/identity-source';
import { checkAudience, checkIssuer, checkScopes } from '../jwt/jwt-issuer';
import { type HttpAuthorizerConfig } from './authorizer-config';
import { defineLambdaAuthorizer, type LambdaAuthorizerSettings } from './lambda-authorizer';

/** An authorizer, with every default filled in. */
export interface HttpAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'jwt' | 'lambda';
  /** The name of the security scheme. */
  readonly name: string;
  /** Why the route is open; kind `none` only. */
  readonly reason?: string;
  /** Kind `jwt` only. */
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[]; readonly identitySource: string };
  readonly scopes?: readonly string[];
  /** Kind `lambda` only. */
  readonly lambda?: LambdaAuthorizerSettings;
}

const KEPT = ['identitySources', 'resultsCacheTtl', 'cacheAcrossRoutes', 'payloadFormatVersion', 'simpleResponses'];

const TYPES: Partial<Readonly<Record<AuthorizerType, TypeProps>>> = {
  NONE: { needs: [], takes: [] },
  IAM: { needs: [], takes: [] },
  JWT: { needs: ['issuer', 'audience'], takes: ['scopes', 'identitySources'] },
  REQUEST: { needs: ['handler'], takes: KEPT },
};

/**
 * All authorizers pass through here, the library's and custom ones.
 * @throws if the config contradicts itself, or one caller would get the decision for another
 */
export function defineAuthorizer(config: HttpAuthorizerConfig, owner: Owner): HttpAuthorizerDefinition {
  checkType(config, TYPES, 'HTTP', owner);
  const { type, authorizerName: name = '', reason } = config;
  if (type === AuthorizerType.NONE) return { kind: 'none', name: 'none', reason };
  if (type === AuthorizerType.IAM) return { kind: 'iam', name: 'sigv4' };
  if (type === AuthorizerType.JWT) return { kind: 'jwt', name, ...jwtOf(config, owner) };
  return { kind: 'lambda', name, lambda: defineLambdaAuthorizer(config.handler as IFunction, config, owner) };
}

function jwtOf(config: HttpAuthorizerConfig, owner: Owner): Pick<HttpAuthorizerDefinition, 'jwt' | 'scopes'> {
  const issuer = checkIssuer(config.issuer ?? '', owner);
  const audience = checkAudience(config.audience ?? [], owner).sort();
  const { length } = audience;
  if (length > AUDIENCES_PER_AUTHORIZER) {
    throw owner.error(
      `names ${length} audiences, and an authorizer takes ${AUDIENCES_PER_AUTHORIZER}; make several authorizers, or have the issuer give one audience for the API`,
    );
  }
  const identitySource = tokenSource(config, owner);
  return { jwt: { issuer, audience, identitySource }, scopes: checkScopes(config.scopes ?? [], owner) };
}

const AUTHORIZATION = '$request.header.Authorization';

function tokenSource({ identitySources = [AUTHORIZATION] }: HttpAuthorizerConfig, owner: Owner) {
  const isToken = (text: string) => /^\$request\.(header|querystring)\.[\w$.!#%&'*+^`|~-]+$/.test(text);
  const [source = '', ...others] = identitySources;
  if (others.length === 0 && (Token.isUnresolved(source) || isToken(source))) return source;
  const shown = others.length > 0 ? JSON.stringify(identitySources) : show(source);
  const meant = asWrittenFor('http', source);
  throw owner.error(
    `identitySource ${shown} must be one header or query parameter: ${show(isToken(meant) ? meant : AUTHORIZATION)}`,
  );
}
