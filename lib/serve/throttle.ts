import { type Located } from '../template/model/place';
import { isKnown, type Value } from '../template/model/value';
import { type Told } from './recorder';
import { Refusal } from './refusal';

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

/** The limits of a stage for a method or a route. */
interface Limits extends Located {
  readonly throttlingRateLimit?: Value<number>;
  readonly throttlingBurstLimit?: Value<number>;
}

/** Takes a token for a request if the stage limits its method or route. @throws Refusal */
export function checkLimits(
  buckets: TokenBuckets,
  name: string,
  limits: Limits | undefined,
  tell: (told: Told) => void,
): void {
  const rate = limits?.throttlingRateLimit;
  if (!limits || !isKnown(rate) || rate < 0) return;
  const burst = isKnown(limits.throttlingBurstLimit) ? limits.throttlingBurstLimit : Math.max(1, rate);
  const because = [limits.location];
  if (!buckets.take(name, rate, burst)) {
    throw new Refusal('THROTTLED', {
      reason: `The stage allows ${rate} requests per second, ${burst} at once`,
      because,
    });
  }
  tell({ note: `Within ${rate} requests per second`, because });
}
