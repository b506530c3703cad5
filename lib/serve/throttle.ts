/** A token bucket: it refills with `rate` tokens a second up to `burst`. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    public readonly rate: number,
    public readonly burst: number,
    private readonly now: () => number,
  ) {
    this.tokens = burst;
    this.filledAt = now();
  }

  /** Takes a token; false if there is none. */
  public take(): boolean {
    const at = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((at - this.filledAt) / 1000) * this.rate);
    this.filledAt = at;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** Buckets by name, made on first use. */
export class TokenBuckets {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly now: () => number) {}

  public take(name: string, rate: number, burst: number): boolean {
    let bucket = this.buckets.get(name);
    if (!bucket) this.buckets.set(name, (bucket = new TokenBucket(rate, burst, this.now)));
    return bucket.take();
  }
}
