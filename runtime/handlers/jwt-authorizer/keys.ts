import { createPublicKey } from 'node:crypto';
import { type JWK } from 'jose';

/** RFC 7518, 3.3. */
const RSA_MIN_BITS = 2048;

/** The keys of a set by id. */
export interface KeysById {
  /** Those that signatures can be verified with, each once. */
  readonly usable: ReadonlyMap<string, readonly JWK[]>;
  /** Ids of keys that are for signatures and are none, or weak ones. */
  readonly broken: ReadonlySet<string>;
}

/** A broken key replaces none: one bad response of the issuer must not remove a key that is known to be good. */
export function keysById(keys: readonly JWK[]): KeysById {
  const byId = new Map<string, Map<string, JWK>>();
  const broken = new Set<string>();
  for (const jwk of keys) {
    const { kid } = jwk;
    if (typeof kid !== 'string' || !isForSignatures(jwk)) continue;
    const print = printOf(jwk);
    if (print === undefined) {
      broken.add(kid);
      continue;
    }
    const own = byId.get(kid) ?? new Map<string, JWK>();
    byId.set(kid, own.set(print, own.get(print) ?? jwk));
  }
  return { usable: new Map([...byId].map(([kid, own]) => [kid, [...own.values()]])), broken };
}

/** HMAC secrets are not keys of an issuer: anyone who reads them could sign. */
function isForSignatures({ kty, use, key_ops: operations }: JWK): boolean {
  const isVerifying = !Array.isArray(operations) || operations.includes('verify');
  return kty !== 'oct' && (use === undefined || use === 'sig') && isVerifying;
}

/** Equal for the same key and algorithm, however it is written; undefined if it is not a key, or a weak one. */
function printOf(jwk: JWK): string | undefined {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    if (bits !== undefined && bits < RSA_MIN_BITS) return undefined;
    return `${String(jwk.alg)} ${key.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  } catch {
    return undefined;
  }
}
