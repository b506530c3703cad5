import { type IUserPool, type IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { type Auth0TenantOptions, type EntraIdTenantOptions, type OktaServerOptions } from '../jwt/issuers';
import { type JwtTokenOptions } from '../jwt/options';
import { type WebSocketAuthorizerOptions } from './authorizer-options';
import { type WebSocketTokenSource } from './token-source';

/**
 * Where the tokens are.
 */
export interface WebSocketTokenSourceOptions extends WebSocketAuthorizerOptions {
  /**
   * Where the token may be. The first place with a value is used.
   *
   * @default - the header `Authorization`, with `Bearer <token>`
   */
  readonly tokenSources?: WebSocketTokenSource[];
}

/**
 * Options of all authorizers for tokens of an OpenID Connect issuer. A connection continues after its token has expired, for up
 * to two hours.
 */
export interface WebSocketJwtCommonOptions extends WebSocketTokenSourceOptions, JwtTokenOptions {}

/**
 * Options of an authorizer for the tokens of any OpenID Connect issuer.
 *
 * @example
 * WebSocketAuthorizer.jwt({
 *   issuer: 'https://login.example.com/',
 *   audience: ['chat'],
 *   tokenSources: [WebSocketTokenSource.query('token')],
 * });
 */
export interface WebSocketJwtAuthorizerOptions extends WebSocketJwtCommonOptions {
  /**
   * The exact `iss` of the tokens, with or without a trailing slash. `<issuer>/.well-known/openid-configuration` must be publicly
   * readable.
   */
  readonly issuer: string;
}

/**
 * Options of an authorizer for the tokens of an Auth0 tenant.
 *
 * @see https://auth0.com/docs/secure/tokens/access-tokens
 */
export interface WebSocketAuth0AuthorizerOptions extends WebSocketJwtCommonOptions, Auth0TenantOptions {}

/**
 * Options of an authorizer for the tokens of an Okta organization.
 *
 * @see https://developer.okta.com/docs/concepts/auth-servers/
 */
export interface WebSocketOktaAuthorizerOptions extends WebSocketJwtCommonOptions, OktaServerOptions {}

/**
 * Options of an authorizer for the tokens of a Microsoft Entra ID tenant.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
 */
export interface WebSocketEntraIdAuthorizerOptions extends WebSocketJwtCommonOptions, EntraIdTenantOptions {}

/**
 * Options of an authorizer for the users of an Amazon Cognito user pool.
 */
export interface WebSocketCognitoAuthorizerOptions extends WebSocketTokenSourceOptions {
  /**
   * The user pool whose ID tokens are accepted: of this stack or another, or imported. Its ID shows its Region. Exactly one,
   * since the tokens of an authorizer come from one issuer.
   */
  readonly userPools: IUserPool[];

  /**
   * The app clients whose ID tokens are accepted. For access tokens, use `WebSocketAuthorizer.jwt` with the issuer of the pool,
   * the IDs of the app clients as `audience`, and `requiredClaims: { token_use: 'access' }`.
   */
  readonly userPoolClients: IUserPoolClient[];
}
