import { type Auth0TenantOptions, type EntraIdTenantOptions, type OktaServerOptions } from '../jwt/issuers';
import { type JwtTokenOptions } from '../jwt/options';
import { type RestAuthorizerOptions } from './authorizer-options';

/**
 * Options of all authorizers for tokens of an OpenID Connect issuer. A decision is cached for `resultsCacheTtl`, so a token may
 * be accepted that much longer than it is valid.
 */
export interface RestJwtCommonOptions extends RestAuthorizerOptions, JwtTokenOptions {
  /**
   * The header with `Bearer <token>`.
   *
   * @default 'method.request.header.Authorization'
   */
  readonly identitySource?: string;
}

/**
 * Options of an authorizer for the tokens of any OpenID Connect issuer.
 *
 * @example
 * RestAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['orders'] });
 */
export interface RestJwtAuthorizerOptions extends RestJwtCommonOptions {
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
 *
 * @example
 * RestAuthorizer.auth0({ domain: 'shop.eu.auth0.com', audience: ['orders'] });
 */
export interface RestAuth0AuthorizerOptions extends RestJwtCommonOptions, Auth0TenantOptions {}

/**
 * Options of an authorizer for the tokens of an Okta organization.
 *
 * @see https://developer.okta.com/docs/concepts/auth-servers/
 */
export interface RestOktaAuthorizerOptions extends RestJwtCommonOptions, OktaServerOptions {}

/**
 * Options of an authorizer for the tokens of a Microsoft Entra ID tenant.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
 */
export interface RestEntraIdAuthorizerOptions extends RestJwtCommonOptions, EntraIdTenantOptions {}
