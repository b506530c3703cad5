/** How long is waited; tests wait for less. */
export interface RemoteOptions {
  readonly timeoutMillis?: number;
  /** After a failed fetch, how long none is tried; twice as long after each further one. */
  readonly retryAfterMillis?: number;
}

/** The issuer cannot be reached, so no token can be verified. */
export class IssuerUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IssuerUnavailableError';
  }
}

// Discovery and keys together must stay well within the 10 seconds of the function.
const TIMEOUT_MILLIS = 3_000;
const RETRY_AFTER_MILLIS = 1_000;
const RETRY_AFTER_MAX_MILLIS = 30_000;
const TICKS = 10;

/** One JSON document of the issuer, with its own back-off: a failure of another document says nothing about this one. */
export class RemoteDocument {
  private running?: { readonly startedAt: number; readonly done: Promise<void> };
  private failures = 0;
  private failedAt = 0;
  private readonly timeoutMillis: number;

  /**
   * @param now steady time, see `steadyClock`
   * @param take receives a document and the time of its request; throws if it is not valid
   * @param failed called for each fetch that failed, but not for those that were not tried
   */
  constructor(
    private readonly what: string,
    private readonly url: string,
    private readonly now: () => number,
    private readonly take: (document: unknown, askedAt: number) => void,
    private readonly failed: (error: IssuerUnavailableError) => void,
    private readonly options: RemoteOptions,
  ) {
    this.timeoutMillis = options.timeoutMillis ?? TIMEOUT_MILLIS;
  }

  /**
   * Fetches it; requests that arrive meanwhile share the fetch.
   * @throws IssuerUnavailableError if that fails, or failed a moment ago
   */
  public ask(): Promise<void> {
    const startedAt = this.now();
    if (this.running && !this.isForsaken(this.running.startedAt)) return this.running.done;
    if (this.failures > 0 && startedAt - this.failedAt < this.backOffMillis()) {
      return Promise.reject(
        new IssuerUnavailableError(
          `cannot get the ${this.what}: ${this.url} is not requested again right after a failure`,
        ),
      );
    }
    const running = { startedAt, done: this.attempt(startedAt) };
    const ended = () => {
      if (this.running === running) this.running = undefined;
    };
    this.running = running;
    running.done.then(ended, ended);
    return running.done;
  }

  private backOffMillis(): number {
    const first = this.options.retryAfterMillis ?? RETRY_AFTER_MILLIS;
    return Math.min(first * 2 ** (this.failures - 1), Math.max(first, RETRY_AFTER_MAX_MILLIS));
  }

  /** A fetch during which the instance was frozen: it may still end, but no request waits for it. */
  private isForsaken(startedAt: number): boolean {
    return this.now() - startedAt > 2 * this.timeoutMillis;
  }

  private async attempt(startedAt: number): Promise<void> {
    try {
      this.take(await this.fetchJson(), startedAt);
      this.failures = 0;
    } catch (cause) {
      // What a frozen connection comes to says nothing of the issuer.
      if (!this.isForsaken(startedAt)) {
        this.failures++;
        this.failedAt = this.now();
      }
      const error = new IssuerUnavailableError(`cannot get the ${this.what}`, { cause });
      this.failed(error);
      throw error;
    }
  }

  private async fetchJson(): Promise<unknown> {
    const patience = activeTimeout(this.timeoutMillis);
    try {
      const response = await fetch(this.url, {
        signal: patience.signal,
        redirect: 'manual',
        headers: { accept: 'application/json' },
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`${this.url} returned ${response.status}`);
      }
      return await response.json();
    } finally {
      patience.end();
    }
  }
}

/**
 * Aborts after some time in which this instance ran. Lambda freezes it between requests, and a fetch that no request waits
 * for goes on with a later one; a plain timeout would be over then, before the response in the socket is read.
 */
function activeTimeout(millis: number): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  let left = TICKS;
  const timer = setInterval(() => {
    if (--left === 0) controller.abort(new Error(`there was no response within ${millis} ms`));
  }, millis / TICKS);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}

/** Time that goes on with the wall clock, which counts frozen time too, and stands still where that clock is set back. */
export function steadyClock(): () => number {
  let seen = Date.now();
  let time = 0;
  return () => {
    const now = Date.now();
    time += Math.max(0, now - seen);
    seen = now;
    return time;
  };
}
