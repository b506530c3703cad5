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

/** `jwt-login.example.com-tenant`: the distinctive part of an issuer, for names. */
export function nameOfIssuer(kind: string, issuer: string): string {
  const words = issuer
    .replace(/^https:\/\//, '')
    .replace(/\$\{Token\[[^[\]]*\]\}/g, '')
    .split(/[^A-Za-z0-9._]+/);
  return [kind, ...words.filter((word) => word !== '')].join('-').slice(0, 128);
}
