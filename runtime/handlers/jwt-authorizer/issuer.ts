import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

/** How long is waited and how long is kept; tests wait for less. */
export interface IssuerOptions {
  /** For tests on this machine; what is deployed takes https only. */
  readonly allowHttp?: boolean;
  readonly timeoutMillis?: number;
  /** After a fetch of the keys, how long an unknown key id brings no other one. */
  readonly cooldownMillis?: number;
  readonly keysMaxAgeMillis?: number;
  readonly discoveryMaxAgeMillis?: number;
  /** After a failed fetch, how long none is tried. */
  readonly retryAfterMillis?: number;
}

/** The issuer cannot be asked, so nobody can be judged. */
export class IssuerUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IssuerUnavailableError';
  }
}

// Discovery and keys together must stay well within the 10 seconds of the function.
const TIMEOUT_MILLIS = 3_000;
const COOLDOWN_MILLIS = 30_000;
const KEYS_MAX_AGE_MILLIS = 600_000;
const DISCOVERY_MAX_AGE_MILLIS = 3_600_000;
const RETRY_AFTER_MILLIS = 1_000;

/** The keys of one OpenID Connect issuer, found by discovery and kept from one invocation to the next. */
export class Issuer {
  private keys?: { readonly uri: string; readonly get: JWTVerifyGetKey };
  private discoveredAt = -Infinity;
  private failedAt = -Infinity;

  constructor(
    private readonly issuer: string,
    private readonly options: IssuerOptions = {},
  ) {}

  /** The key that a token says it is signed with. */
  public readonly key: JWTVerifyGetKey = async (header, token) => {
    const get = await this.discover();
    try {
      return await get(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw error instanceof IssuerUnavailableError
        ? error
        : new IssuerUnavailableError('cannot get the keys', { cause: error });
    }
  };

  private async discover(): Promise<JWTVerifyGetKey> {
    const known = this.keys;
    if (known && Date.now() - this.discoveredAt < (this.options.discoveryMaxAgeMillis ?? DISCOVERY_MAX_AGE_MILLIS))
      return known.get;
    try {
      const uri = await this.fetchKeysUri();
      if (uri !== known?.uri) this.keys = { uri, get: this.remoteKeys(uri) };
      this.discoveredAt = Date.now();
    } catch (error) {
      // Where the keys are changes once in years; the keys themselves are still fetched anew, or nobody is let in.
      if (known) return known.get;
      throw error instanceof IssuerUnavailableError
        ? error
        : new IssuerUnavailableError('cannot get the configuration', { cause: error });
    }
    return this.keys!.get;
  }

  private async fetchKeysUri(): Promise<string> {
    const url = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const signal = AbortSignal.timeout(this.options.timeoutMillis ?? TIMEOUT_MILLIS);
    const response = await this.fetch(url, { signal, redirect: 'manual', headers: { accept: 'application/json' } });
    if (response.status !== 200) throw new IssuerUnavailableError(`${url} answers ${response.status}`);
    const document = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown } | null;
    if (document?.issuer !== this.issuer) {
      throw new IssuerUnavailableError(
        `${url} is of the issuer "${String(document?.issuer)}", not of "${this.issuer}"`,
      );
    }
    const uri = document.jwks_uri;
    if (
      typeof uri !== 'string' ||
      !(uri.startsWith('https://') || (this.options.allowHttp && uri.startsWith('http://')))
    ) {
      throw new IssuerUnavailableError(`${url} has no jwks_uri with https://`);
    }
    return uri;
  }

  private remoteKeys(uri: string): JWTVerifyGetKey {
    return createRemoteJWKSet(new URL(uri), {
      timeoutDuration: this.options.timeoutMillis ?? TIMEOUT_MILLIS,
      cooldownDuration: this.options.cooldownMillis ?? COOLDOWN_MILLIS,
      cacheMaxAge: this.options.keysMaxAgeMillis ?? KEYS_MAX_AGE_MILLIS,
      [customFetch]: (url, init) => this.fetch(url, init),
    });
  }

  /** The cooldown of the key set starts with a success only; this one keeps forged key ids from an issuer that is down. */
  private async fetch(url: string, init: RequestInit): Promise<Response> {
    if (Date.now() - this.failedAt < (this.options.retryAfterMillis ?? RETRY_AFTER_MILLIS)) {
      throw new IssuerUnavailableError(`${url} is not asked again right after a failure`);
    }
    try {
      const response = await fetch(url, init);
      if (response.status !== 200) this.failedAt = Date.now();
      return response;
    } catch (error) {
      this.failedAt = Date.now();
      throw error;
    }
  }
}
