import { Duration, Token } from 'aws-cdk-lib';
import { type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import {
  RATE_CAPACITY,
  RATE_KEY_CAPACITY,
  RATE_MAX,
  RATE_MIN,
  RATE_WINDOWS_SECONDS,
  TEXT_TRANSFORMATION_CAPACITY,
} from '../facts/web-acl';
import { Owner, show } from '../authoring/errors';

/**
 * Options of a rate limit.
 *
 * @example
 * WebAclRateLimit.byIp(100, { window: Duration.minutes(1) });
 */
export interface WebAclRateLimitOptions {
  /**
   * The window in which requests are counted: 1, 2, 5 or 10 minutes.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;
}

/** A rate limit in the form that a rule needs. */
export interface BoundRateLimit {
  readonly name: string;
  readonly capacity: number;
  readonly statement: CfnWebACL.RateBasedStatementProperty;
}

/**
 * Blocks a caller that sends more requests than the limit in 5 minutes, until its rate drops.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class WebAclRateLimit {
  /**
   * For each source IP address.
   *
   * @param limit requests, from 10 to 2,000,000,000
   */
  public static byIp(limit: number, options: WebAclRateLimitOptions = {}): WebAclRateLimit {
    return new WebAclRateLimit('byIp', limit, options, {
      name: 'RateLimit',
      capacity: 0,
      key: { aggregateKeyType: 'IP' },
    });
  }

  /**
   * For each address in `X-Forwarded-For`, for an API behind a proxy or CDN. Only if no caller can bypass it: a caller can
   * write anything into that header. A request without the header is not counted.
   *
   * @param limit requests, from 10 to 2,000,000,000
   */
  public static byForwardedIp(limit: number, options: WebAclRateLimitOptions = {}): WebAclRateLimit {
    return new WebAclRateLimit('byForwardedIp', limit, options, {
      name: 'RateLimitForwardedIp',
      capacity: 0,
      key: {
        aggregateKeyType: 'FORWARDED_IP',
        // A value that is not an address counts as over the limit.
        forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'MATCH' },
      },
    });
  }

  /**
   * For each value of a header. A request without the header is not counted.
   *
   * @param header e.g. `x-tenant-id`
   * @param limit requests, from 10 to 2,000,000,000
   */
  public static byHeader(header: string, limit: number, options: WebAclRateLimitOptions = {}): WebAclRateLimit {
    if (Token.isUnresolved(header) || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(header)) {
      throw new Owner('WebAclRateLimit.byHeader').error(
        `${show(header)} is not a literal name of a header; write e.g. "x-tenant-id"`,
      );
    }
    const name = header.toLowerCase();
    return new WebAclRateLimit('byHeader', limit, options, {
      name: `RateLimitHeader-${name.replace(/[^a-z0-9_-]/g, '-')}`,
      capacity: RATE_KEY_CAPACITY + TEXT_TRANSFORMATION_CAPACITY,
      key: {
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ header: { name, textTransformations: [{ priority: 0, type: 'NONE' }] } }],
      },
    });
  }

  /**
   * For each API key, in the header `x-api-key`. A request without a key is not counted.
   *
   * @param limit requests, from 10 to 2,000,000,000
   */
  public static byApiKey(limit: number, options: WebAclRateLimitOptions = {}): WebAclRateLimit {
    const byHeader = WebAclRateLimit.byHeader('x-api-key', limit, options);
    return new WebAclRateLimit('byApiKey', limit, options, { ...byHeader.rule, name: 'RateLimitApiKey' });
  }

  private readonly windowSeconds: number;

  private constructor(
    factory: string,
    private readonly limit: number,
    options: WebAclRateLimitOptions,
    private readonly rule: {
      readonly name: string;
      readonly capacity: number;
      readonly key: Pick<CfnWebACL.RateBasedStatementProperty, 'aggregateKeyType' | 'customKeys' | 'forwardedIpConfig'>;
    },
  ) {
    const owner = new Owner(`WebAclRateLimit.${factory}`);
    if (!isRateLimit(limit)) {
      throw owner.error(`the limit ${show(limit)} must be a whole number of requests from ${RATE_MIN} to ${RATE_MAX}`);
    }
    this.windowSeconds = windowSeconds(options.window, owner);
  }

  /** @internal */
  public _bind(): BoundRateLimit {
    const { limit, windowSeconds, rule } = this;
    return {
      name: rule.name,
      capacity: RATE_CAPACITY + rule.capacity,
      statement: { ...rule.key, evaluationWindowSec: windowSeconds, limit },
    };
  }
}

function windowSeconds(window: Duration = Duration.minutes(5), owner: Owner): number {
  const seconds = window.isUnresolved() ? undefined : window.toSeconds({ integral: false });
  if (seconds === undefined || RATE_WINDOWS_SECONDS.includes(seconds)) return window.toSeconds();
  const windows = RATE_WINDOWS_SECONDS.map((each) => each / 60).join(', ');
  throw owner.error(
    `window must be one of ${windows} minutes, e.g. Duration.minutes(5), got: ${window.toHumanString()}`,
  );
}

/** Whether AWS WAF accepts the limit. */
export function isRateLimit(rate: number): boolean {
  return Token.isUnresolved(rate) || (Number.isInteger(rate) && rate >= RATE_MIN && rate <= RATE_MAX);
}
