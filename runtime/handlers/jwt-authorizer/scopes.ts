import { type JWTPayload } from 'jose';
import { type JwtConfig } from './config';

/** The scopes of a token: `scope` (RFC 9068, words in one string), or `scp` (Okta: a list; Entra ID: words). */
export function scopesOf(claims: JWTPayload): ReadonlySet<string> {
  return new Set([...wordsOf(claims.scope), ...wordsOf(claims.scp)]);
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word): word is string => typeof word === 'string') : [];
}

/** The scopes of which a token must have one on this route; empty where any token will do. */
export function requiredScopes(config: JwtConfig, method: string, resourcePath: string): readonly string[] {
  const own = config.routeScopes?.get(`${method} ${resourcePath}`) ?? config.routeScopes?.get(`ANY ${resourcePath}`);
  return own === undefined || own === 'default' ? config.scopes : own;
}

export function satisfies(granted: ReadonlySet<string>, required: readonly string[]): boolean {
  return required.length === 0 || required.some((scope) => granted.has(scope));
}
