import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose';
import { keysById } from './keys';
import { IssuerUnavailableError, RemoteDocument, type RemoteOptions, steadyClock } from './remote-document';

/** How long is waited and how long is kept; tests wait for less. */
export interface IssuerOptions extends RemoteOptions {
  /** For tests on this machine; what is deployed takes https only. */
  readonly allowHttp?: boolean;
  /** After the issuer did not have a key, how long no other unknown key is requested. */
  readonly cooldownMillis?: number;
  /** Keys of this age are fetched again, while requests continue with them. */
  readonly keysMaxAgeMillis?: number;
  /** How long a key is good after it was fetched. */
  readonly keysKeptMillis?: number;
  readonly discoveryMaxAgeMillis?: number;
}

const COOLDOWN_MILLIS = 30_000;
const KEYS_MAX_AGE_MILLIS = 600_000;
/** As long as HTTP APIs may keep them. */
const KEYS_KEPT_MILLIS = 7_200_000;
const DISCOVERY_MAX_AGE_MILLIS = 3_600_000;

interface KnownKey {
  /** Mostly one; an issuer may give keys of several types the same id. */
  readonly jwks: readonly JWK[];
  readonly askedAt: number;
}

/**
 * The keys of one OpenID Connect issuer, found by discovery and kept from one invocation to the next. A request waits for the
 * issuer only if its key is not known; old documents are fetched again in the background.
 */
export class Issuer {
  private readonly now = steadyClock();
  private readonly configuration: RemoteDocument;
  private keys?: { readonly uri: string; readonly document: RemoteDocument };
  private known: ReadonlyMap<string, KnownKey> = new Map();
  private select: JWTVerifyGetKey = createLocalJWKSet({ keys: [] });
  private discoveredAt = -Infinity;
  /** The keys cannot be had from where discovery said that they are. */
  private mayHaveMoved = false;
  /** Ids of keys that the issuer has, and that nothing can be verified with. */
  private broken: ReadonlySet<string> = new Set();
  private keysAskedAt = -Infinity;
  private missedAt = -Infinity;

  private readonly failed: (error: IssuerUnavailableError) => void;

  /** @param stale called for each fetch that failed while known keys remain, so no request may have noticed */
  constructor(
    private readonly issuer: string,
    private readonly options: IssuerOptions = {},
    stale: (error: IssuerUnavailableError) => void = () => {},
  ) {
    this.failed = (error) => {
      if ([...this.known.values()].some((key) => this.isKept(key))) stale(error);
    };
    this.configuration = new RemoteDocument(
      'configuration',
      `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      this.now,
      (document, askedAt) => this.takeConfiguration(document, askedAt),
      this.failed,
      options,
    );
  }

  /**
   * The key with the id that a token names.
   * @throws JWKSNoMatchingKey if the issuer has none, IssuerUnavailableError if that is unknown
   */
  public readonly key: JWTVerifyGetKey = async (header, token) => {
    const kid = header.kid ?? '';
    if (!this.has(kid)) await this.lookFor(kid);
    else if (this.now() - this.keysAskedAt >= (this.options.keysMaxAgeMillis ?? KEYS_MAX_AGE_MILLIS))
      inBackground(this.refresh());
    try {
      return await this.select(header, token);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new IssuerUnavailableError('the key of the issuer cannot be used', { cause });
    }
  };

  private has(kid: string): boolean {
    const key = this.known.get(kid);
    return key !== undefined && this.isKept(key);
  }

  private isKept({ askedAt }: KnownKey): boolean {
    return this.now() - askedAt < (this.options.keysKeptMillis ?? KEYS_KEPT_MILLIS);
  }

  /** Forged key ids cause one request to the issuer per cooldown; an existing key is available immediately. */
  private async lookFor(kid: string): Promise<void> {
    if (this.now() - this.missedAt >= (this.options.cooldownMillis ?? COOLDOWN_MILLIS)) {
      await this.refresh();
      if (!this.has(kid)) this.missedAt = this.now();
    }
    if (this.has(kid)) return;
    if (this.broken.has(kid)) throw new IssuerUnavailableError('the key of the issuer cannot be used');
    throw new errors.JWKSNoMatchingKey();
  }

  private async refresh(): Promise<void> {
    if (!this.keys) await this.configuration.ask();
    // Where the keys are changes once in years, so nobody waits to be told.
    else if (
      this.mayHaveMoved ||
      this.now() - this.discoveredAt >= (this.options.discoveryMaxAgeMillis ?? DISCOVERY_MAX_AGE_MILLIS)
    )
      inBackground(this.configuration.ask());
    await this.keys?.document.ask();
  }

  private takeConfiguration(document: unknown, askedAt: number): void {
    const { issuer, jwks_uri: uri } = (document ?? {}) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (issuer !== this.issuer)
      throw new Error(`the document belongs to the issuer "${String(issuer)}", not to "${this.issuer}"`);
    if (
      typeof uri !== 'string' ||
      !URL.canParse(uri) ||
      !(this.options.allowHttp ? /^https?:\/\//i : /^https:\/\//i).test(uri)
    )
      throw new Error('the document has no jwks_uri with https://');
    if (askedAt < this.discoveredAt) return;
    this.discoveredAt = askedAt;
    this.mayHaveMoved = false;
    if (uri === this.keys?.uri) return;
    const take = (keys: unknown, at: number) => this.takeKeys(keys, at);
    const failed = (error: IssuerUnavailableError) => {
      this.failed(error);
      this.mayHaveMoved = true;
    };
    this.keys = { uri, document: new RemoteDocument('keys', uri, this.now, take, failed, this.options) };
  }

  /** The age of keys counts from the request: a response may have been in the socket of a frozen instance for hours. */
  private takeKeys(document: unknown, askedAt: number): void {
    createLocalJWKSet(document as JSONWebKeySet);
    const known = new Map([...this.known].filter(([, key]) => this.isKept(key)));
    const { usable, broken } = keysById((document as JSONWebKeySet).keys);
    for (const [kid, jwks] of usable) {
      if ((known.get(kid)?.askedAt ?? -Infinity) <= askedAt) known.set(kid, { jwks, askedAt });
    }
    this.known = known;
    this.broken = broken;
    this.select = createLocalJWKSet({ keys: [...known.values()].flatMap(({ jwks }) => jwks) });
    this.keysAskedAt = Math.max(this.keysAskedAt, askedAt);
  }
}

/** The failure was already reported. */
function inBackground(work: Promise<void>): void {
  work.catch(() => {});
}
