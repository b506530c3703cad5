import { Token } from 'aws-cdk-lib';
import { Owner, show } from '../authoring/errors';

/**
 * The issuers of providers of OpenID Connect, for the `issuer` of the JWT authorizers of all kinds of APIs.
 *
 * @example
 * RestAuthorizer.jwt({ issuer: JwtIssuer.okta('example.okta.com'), audience: ['orders'] });
 */
export class JwtIssuer {
  /**
   * An Auth0 tenant.
   *
   * @see https://auth0.com/docs/secure/tokens/access-tokens
   * @param domain the domain of the tenant, or its custom domain, e.g. `example.eu.auth0.com`
   */
  public static auth0(domain: string): string {
    return auth0Issuer({ domain }, new Owner('JwtIssuer.auth0'));
  }

  /**
   * An authorization server of an Okta organization.
   *
   * @see https://developer.okta.com/docs/concepts/auth-servers/
   * @param domain the domain of the organization, or its custom domain, e.g. `example.okta.com`
   * @param authorizationServer the id of the custom authorization server
   */
  public static okta(domain: string, authorizationServer = 'default'): string {
    return oktaIssuer({ domain, authorizationServer }, new Owner('JwtIssuer.okta'));
  }

  /**
   * A Microsoft Entra ID tenant. The application must request tokens of version 2.0 (`requestedAccessTokenVersion: 2` in its
   * manifest); the issuer of those of version 1.0 is `https://sts.windows.net/<tenant id>/`.
   *
   * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
   * @param tenantId the directory (tenant) id
   */
  public static entraId(tenantId: string): string {
    return entraIdIssuer({ tenantId }, new Owner('JwtIssuer.entraId'));
  }

  private constructor() {}
}

/**
 * An Auth0 tenant.
 * @internal
 */
export interface Auth0TenantOptions {
  /**
   * The domain of the tenant, or its custom domain, e.g. `example.eu.auth0.com`.
   */
  readonly domain: string;
}

/**
 * An authorization server of an Okta organization.
 * @internal
 */
export interface OktaServerOptions {
  /**
   * The domain of the organization, or its custom domain, e.g. `example.okta.com`.
   */
  readonly domain: string;

  /**
   * The id of the custom authorization server. The tokens of the org authorization server are for Okta alone to check.
   *
   * @default 'default'
   */
  readonly authorizationServer?: string;
}

/**
 * A Microsoft Entra ID tenant.
 * @internal
 */
export interface EntraIdTenantOptions {
  /**
   * The directory (tenant) id. The application must request tokens of version 2.0 (`requestedAccessTokenVersion: 2` in its
   * manifest); for those of version 1.0, use `jwt` with the issuer `https://sts.windows.net/<tenant id>/`.
   */
  readonly tenantId: string;
}

/** Its tokens have the trailing slash. */
export function auth0Issuer({ domain }: Auth0TenantOptions, owner: Owner): string {
  return `https://${host(domain, 'domain', '"example.eu.auth0.com"', owner)}/`;
}

/**
 * The domains of Okta's own organization URLs: okta.com, oktapreview.com, okta-emea.com, okta-gov.com, okta.mil.
 *
 * @see https://developer.okta.com/docs/concepts/okta-organizations/
 */
const OKTA_DOMAIN = /\.(okta|oktapreview|okta-[a-z]+)\.(com|mil)$/;

export function oktaIssuer({ domain, authorizationServer = 'default' }: OktaServerOptions, owner: Owner): string {
  if (!Token.isUnresolved(authorizationServer) && !/^[\w-]+$/.test(authorizationServer)) {
    throw owner.error(
      `authorizationServer ${show(authorizationServer)} must be the id of a custom authorization server, e.g. "default" or "aus1a2b3c4d5e6f7g8h9"`,
    );
  }
  const name = host(domain, 'domain', '"example.okta.com"', owner);
  const issuer = `https://${name}/oauth2/${authorizationServer}`;
  const meant = name.replace(/^([^.]+)-admin\./, '$1.');
  if (meant !== name) {
    const own = OKTA_DOMAIN.test(name)
      ? ''
      : `, or, if that is your custom domain, pass ${show(issuer)} to \`jwt\` as its issuer`;
    throw owner.error(`domain ${show(domain)} belongs to the admin console; write ${show(meant)}${own}`);
  }
  return issuer;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The issuer of version 2.0 tokens. */
export function entraIdIssuer({ tenantId }: EntraIdTenantOptions, owner: Owner): string {
  if (!Token.isUnresolved(tenantId) && !GUID.test(tenantId)) {
    const several = ['common', 'organizations', 'consumers'].includes(tenantId);
    throw owner.error(
      `tenantId ${show(tenantId)} ${several ? 'stands for many tenants, but a token names its own' : 'is not the id of a tenant'}; ` +
        'write the directory (tenant) id, e.g. "11111111-2222-3333-4444-555555555555"',
    );
  }
  return `https://login.microsoftonline.com/${Token.isUnresolved(tenantId) ? tenantId : tenantId.toLowerCase()}/v2.0`;
}

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

function host(domain: string, name: string, example: string, owner: Owner): string {
  if (Token.isUnresolved(domain)) return domain;
  if (HOST.test(domain)) return domain.toLowerCase();
  const meant = domain.replace(/^\w+:\/\//, '').replace(/[/?#:].*$/s, '');
  const hint = HOST.test(meant) ? `: ${show(meant)}` : `, e.g. ${example}`;
  throw owner.error(`${name} ${show(domain)} must be a host name, without https:// and without a path${hint}`);
}
