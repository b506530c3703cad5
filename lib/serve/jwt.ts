import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { type Backends } from './backends';
import { whole } from './exchange';
import { isObject, type JsonObject, parsedJson } from './json';

/** Why a token was refused, for the trace. */
export class TokenError extends Error {
  /** @param description what the client may know of it, as HTTP APIs do */
  constructor(
    message: string,
    public readonly description = message,
  ) {
    super(message);
  }
}

export interface TokenExpectations {
  readonly issuer: string;
  /** `aud` or `client_id` has to be one of these; none if the issuer alone decides. */
  readonly audiences: readonly string[];
}

const HASHES: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

/** How long the keys of an issuer are kept, as HTTP APIs keep them. */
const KEYS_KEPT_FOR_MS = 2 * 60 * 60 * 1000;
const TIMEOUT_IN_MS = 1500;

/**
 * Verifies the tokens of OIDC issuers with the keys that they publish. Without the keys, no token is valid.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export class TokenVerifier {
  private readonly keys = new Map<
    string,
    { readonly at: number; readonly keys: Promise<ReadonlyMap<string, KeyObject>> }
  >();

  constructor(
    private readonly backends: Backends,
    private readonly now: () => number,
  ) {}

  /** The claims of the token. @throws TokenError */
  public async verify(token: string, { issuer, audiences }: TokenExpectations): Promise<JsonObject> {
    const [head, payload, signature, ...more] = token.split('.');
    const [header, claims] = [decodedPart(head), decodedPart(payload)];
    if (!header || !claims || signature === undefined || more.length > 0) {
      throw new TokenError('The token is not a JWT', 'the token is malformed');
    }
    const { alg, kid } = header;
    if (typeof alg !== 'string' || !Object.hasOwn(HASHES, alg))
      throw new TokenError(`The algorithm ${String(alg)} is not RSA`);
    if (claims.iss !== issuer) {
      throw new TokenError(`The issuer is ${String(claims.iss)}, not ${issuer}`, 'issuer does not match');
    }
    const key = await this.key(issuer, typeof kid === 'string' ? kid : '');
    const signed = Buffer.from(`${head}.${payload}`, 'ascii');
    if (!verify(HASHES[alg], signed, key, Buffer.from(signature, 'base64url'))) {
      throw new TokenError('The signature is wrong', 'the signature is invalid');
    }
    this.checkTimes(claims);
    const given = [claims.aud ?? claims.client_id ?? []].flat();
    if (audiences.length > 0 && !given.some((each) => audiences.includes(String(each)))) {
      throw new TokenError(
        `The audience is ${given.join(', ') || 'missing'}, not ${audiences.join(' or ')}`,
        'the token does not have a valid audience',
      );
    }
    return claims;
  }

  private checkTimes({ exp, nbf, iat }: JsonObject): void {
    const seconds = this.now() / 1000;
    if (typeof exp !== 'number' || exp <= seconds) {
      throw new TokenError('The token has expired', 'the token has expired');
    }
    if (typeof nbf === 'number' && nbf > seconds) throw new TokenError('The token is not valid yet');
    if (typeof iat === 'number' && iat > seconds + 1) throw new TokenError('The token is from the future');
  }

  private async key(issuer: string, kid: string): Promise<KeyObject> {
    let held = this.keys.get(issuer);
    if (!held || this.now() - held.at > KEYS_KEPT_FOR_MS) {
      held = { at: this.now(), keys: this.fetchKeys(issuer) };
      this.keys.set(issuer, held);
    }
    try {
      const keys = await held.keys;
      const key = keys.get(kid);
      if (key) return key;
    } catch (error) {
      this.keys.delete(issuer);
      throw new TokenError(`The keys of ${issuer} cannot be had: ${(error as Error).message}`);
    }
    throw new TokenError(`${issuer} has no key ${JSON.stringify(kid)}`);
  }

  private async fetchKeys(issuer: string): Promise<ReadonlyMap<string, KeyObject>> {
    const configuration = await this.get(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const set = await this.get(String(configuration.jwks_uri));
    const keys = Array.isArray(set.keys) ? set.keys : [];
    return new Map(
      keys
        .filter((key): key is JsonObject => isObject(key) && key.kty === 'RSA')
        .map((key) => [String(key.kid ?? ''), createPublicKey({ key, format: 'jwk' })]),
    );
  }

  private async get(url: string): Promise<JsonObject> {
    const { status, body } = await this.backends.send({
      ...{ method: 'GET', url, headers: [['accept', 'application/json']], timeoutInMs: TIMEOUT_IN_MS },
      body: new Uint8Array(),
    });
    const json = parsedJson(Buffer.from(await whole(body)).toString('utf8'));
    if (status !== 200 || !isObject(json)) throw new Error(`${url} answers ${status}`);
    return json;
  }
}

function decodedPart(part: string | undefined): JsonObject | undefined {
  const json = part === undefined ? undefined : parsedJson(Buffer.from(part, 'base64url').toString('utf8'));
  return isObject(json) ? json : undefined;
}
