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
   * Where the token may be. The first place that has something decides.
   *
   * @default - the header `Authorization`, with `Bearer <token>`
   */
  readonly tokenSources?: WebSocketTokenSource[];
}

/**
 * What authorizers for tokens of an OpenID Connect issuer have in common. A connection goes on after its token has expired, for up
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
   * The `iss` of the tokens, to the letter, with or without a slash at the end. `<issuer>/.well-known/openid-configuration`
   * must be there for everybody to read.
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
   * The user pool whose ID tokens are taken: of this stack, another one, or imported. Its id says in which Region it is. Exactly
   * one: the tokens of an authorizer are of one issuer.
   */
  readonly userPools: IUserPool[];

  /**
   * The app clients whose ID tokens are taken. For access tokens, use `WebSocketAuthorizer.jwt` with the issuer of the pool, the
   * ids of the app clients as `audience`, and `requiredClaims: { token_use: 'access' }`.
   */
  readonly userPoolClients: IUserPoolClient[];
}
