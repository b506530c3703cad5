import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A token as a recording describes it. */
interface Described {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresIn?: number;
  readonly notBefore?: number;
  readonly signedBy?: string;
  readonly prefix?: string;
}

/** Signs the tokens of recordings with throwaway keys; one of them is published. */
export class Tokens {
  private readonly published = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly other = generateKeyPairSync('rsa', { modulusLength: 2048 });

  /** What issuers publish under `jwks_uri`. */
  public get keySet(): { keys: object[] } {
    return {
      keys: [{ ...this.published.publicKey.export({ format: 'jwk' }), kid: 'published', alg: 'RS256', use: 'sig' }],
    };
  }

  public header(value: unknown): string {
    if (typeof value === 'string') return value;
    const { claims, expiresIn = 3600, notBefore, signedBy, prefix = 'Bearer ' } = (value as { $jwt: Described }).$jwt;
    const now = Math.floor(Date.now() / 1000);
    const times = { exp: now + expiresIn, ...(notBefore === undefined ? {} : { nbf: now + notBefore }) };
    const key = signedBy === undefined ? this.published : this.other;
    return `${prefix}${signed({ ...times, ...claims }, key.privateKey)}`;
  }
}

function signed(claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'published' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
