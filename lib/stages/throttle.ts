import { Token } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';

/**
 * Token-bucket limits on requests.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 *
 * @example
 * const throttle: ThrottleOptions = { rateLimit: 50, burstLimit: 100 };
 */
export interface ThrottleOptions {
  /**
   * Steady-state limit in requests per second. More than 0: at 0, API Gateway responds with 429 to every request.
   */
  readonly rateLimit: number;

  /**
   * Burst limit: requests that can arrive at once before the rate counts. A whole number of at least 1.
   */
  readonly burstLimit: number;
}

/** 1000 requests per second, 500 at once: a tenth of an account's default quota, so one stage cannot starve the others. */
export const DEFAULT_THROTTLE: ThrottleOptions = { rateLimit: 1000, burstLimit: 500 };

/** @throws if a limit would reject every request, or is not a number that the service accepts */
export function validateThrottle(throttle: ThrottleOptions, owner: Owner): ThrottleOptions {
  const { rateLimit, burstLimit } = throttle;
  if (!Token.isUnresolved(rateLimit) && !(rateLimit > 0)) {
    throw owner.error(
      `throttle.rateLimit must be more than 0 requests per second, got: ${rateLimit}; at 0, API Gateway responds with 429 to every request`,
    );
  }
  if (!Token.isUnresolved(burstLimit) && !(Number.isInteger(burstLimit) && burstLimit >= 1)) {
    throw owner.error(
      `throttle.burstLimit must be a whole number of at least 1, got: ${burstLimit}; at 0, API Gateway responds with 429 to every request`,
    );
  }
  return throttle;
}
