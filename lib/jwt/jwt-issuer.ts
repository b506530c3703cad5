import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';
import { suggest } from '../lookup/nearest';

/** The signature algorithms that a token may have: those with a public key, so the verifier of a token cannot create one. */
export const JWT_ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws if the issuer is not the `iss` of its tokens, as far as that can be checked */
export function checkIssuer(issuer: string, owner: Owner): string {
  if (Token.isUnresolved(issuer)) return issuer;
  const example = 'e.g. "https://login.example.com/"';
  if (/\/\.well-known(\/|$)/.test(issuer)) {
    const base = issuer.slice(0, issuer.indexOf('/.well-known'));
    throw owner.error(
      `issuer ${show(issuer)} is the URL of a document; write the issuer itself, the \`iss\` of its tokens: ${show(base)} or ${show(`${base}/`)}`,
    );
  }
  let url: URL;
  try {
    url = new URL(issuer);
  } catch {
    throw owner.error(`issuer ${show(issuer)} is not a URL; write the \`iss\` of its tokens exactly, ${example}`);
  }
  if (url.protocol !== 'https:')
    throw owner.error(
      `issuer ${show(issuer)} must begin with https://, or an attacker in the network could return other keys`,
    );
  if (/[?#]/.test(issuer))
    throw owner.error(
      `issuer ${show(issuer)} must have no query string and no fragment: ${show(issuer.replace(/[?#].*$/s, ''))}`,
    );
  if (url.username !== '' || url.password !== '')
    throw owner.error(`issuer ${show(issuer)} must have no user and no password`);
  if (/\s/.test(issuer)) throw owner.error(`issuer ${show(issuer)} must have no white space`);
  return issuer;
}

/** @throws if there is none, or one is empty */
export function checkAudience(audience: readonly string[], owner: Owner): string[] {
  if (audience.length === 0) {
    throw owner.error(
      'audience is empty, so tokens issued for other APIs would be accepted; set the `aud` of the tokens for this API',
    );
  }
  if (audience.some((one) => one.trim() === ''))
    throw owner.error('audience has an empty string; set the `aud` of the tokens for this API');
  return [...audience];
}

/** @throws if one is empty, or several in one string */
export function checkScopes(scopes: readonly string[], owner: Owner): string[] {
  for (const scope of scopes) {
    if (/\s/.test(scope.trim())) {
      throw owner.error(
        `scopes: ${show(scope)} has white space, which a scope cannot contain; write separate scopes: ${scope.trim().split(/\s+/).map(show).join(', ')}`,
      );
    }
    if (scope.trim() === '' || scope !== scope.trim())
      throw owner.error(`scopes: ${show(scope)} is not a scope; write only its name, e.g. "orders:read"`);
  }
  return [...new Set(scopes)];
}

/** @throws if one is unknown, or has a shared key */
export function checkAlgorithms(algorithms: readonly string[], owner: Owner): string[] {
  if (algorithms.length === 0)
    throw owner.error(
      `algorithms is empty, so no token would be accepted; leave it out, or use some of ${JWT_ALGORITHMS.join(', ')}`,
    );
  for (const algorithm of algorithms) {
    if (Token.isUnresolved(algorithm) || JWT_ALGORITHMS.includes(algorithm)) continue;
    const why = /^(HS\d+|none)$/i.test(algorithm)
      ? `allows anyone who can verify a token to create one. Allowed: ${JWT_ALGORITHMS.join(', ')}.`
      : `is not an allowed algorithm.${suggest(algorithm, JWT_ALGORITHMS)}`;
    throw owner.error(`algorithms: ${show(algorithm)} ${why}`);
  }
  return [...algorithms];
}

/** The issuer of an Auth0 tenant; its tokens have the trailing slash. */
export function auth0Issuer(domain: string, owner: Owner): string {
  return `https://${host(domain, 'domain', '"example.eu.auth0.com"', owner)}/`;
}

/**
 * The domains of Okta's own organization URLs: okta.com, oktapreview.com, okta-emea.com, okta-gov.com, okta.mil.
 *
 * @see https://developer.okta.com/docs/concepts/okta-organizations/
 */
const OKTA_DOMAIN = /\.(okta|oktapreview|okta-[a-z]+)\.(com|mil)$/;

/** The issuer of an authorization server of an Okta organization. */
export function oktaIssuer(domain: string, authorizationServer: string, owner: Owner): string {
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

/** The issuer of one Microsoft Entra tenant for version 2.0 tokens. */
export function entraIdIssuer(tenantId: string, owner: Owner): string {
  if (!Token.isUnresolved(tenantId) && !GUID.test(tenantId)) {
    const several = ['common', 'organizations', 'consumers'].includes(tenantId);
    throw owner.error(
      `tenantId ${show(tenantId)} ${several ? 'stands for many tenants, but a token names its own' : 'is not the id of a tenant'}; ` +
        'write the directory (tenant) id, e.g. "11111111-2222-3333-4444-555555555555"',
    );
  }
  return `https://login.microsoftonline.com/${Token.isUnresolved(tenantId) ? tenantId : tenantId.toLowerCase()}/v2.0`;
}

function host(domain: string, name: string, example: string, owner: Owner): string {
  if (Token.isUnresolved(domain)) return domain;
  if (HOST.test(domain)) return domain.toLowerCase();
  const meant = domain.replace(/^\w+:\/\//, '').replace(/[/?#:].*$/s, '');
  const hint = HOST.test(meant) ? `: ${show(meant)}` : `, e.g. ${example}`;
  throw owner.error(`${name} ${show(domain)} must be a host name, without https:// and without a path${hint}`);
}

/** `jwt-login.example.com-tenant`: the distinctive part of an issuer, for names. */
export function nameOfIssuer(kind: string, issuer: string): string {
  const words = issuer
    .replace(/^https:\/\//, '')
    .replace(/\$\{Token\[[^[\]]*\]\}/g, '')
    .split(/[^A-Za-z0-9._]+/);
  return [kind, ...words.filter((word) => word !== '')].join('-').slice(0, 128);
}
