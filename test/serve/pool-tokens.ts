import { generateKeyPairSync, sign } from 'node:crypto';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const POOL_ARN = 'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_pool';
export const POOL_ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool';
export const POOL_NOW = 1_750_000_000_000;

/** A token of the pool, as it is at {@link POOL_NOW}. */
export function poolToken(claims: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = POOL_NOW / 1000;
  const all = { iss: POOL_ISSUER, aud: 'app', sub: 'ann', token_use: 'id', iat: seconds, exp: seconds + 60, ...claims };
  const text = `${part({ alg: 'RS256', kid: 'k1' })}.${part(all)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** What the pool publishes at a URL. */
export const poolDocument = (url: string): string =>
  JSON.stringify(
    url.endsWith('/openid-configuration')
      ? { issuer: POOL_ISSUER, jwks_uri: `${POOL_ISSUER}/.well-known/jwks.json` }
      : { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] },
  );
