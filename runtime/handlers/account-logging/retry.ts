import { isAccessDenied, isThrottled, isUnavailable, nameOf } from '../shared/service-error';

/** Why a request may work when it is sent again. */
export type RetryKind = 'throttled' | 'unavailable' | 'roleNotReady' | 'accessDenied';

interface ServiceError {
  readonly message?: string;
  readonly retryAfterSeconds?: string;
}

/** How API Gateway refuses a role that IAM does not show yet; the wording changed over the years. */
const ROLE_NOT_READY = /role ARN does not have required permissions|could not successfully write to CloudWatch Logs/i;

/** Undefined where trying again does not help. */
export function retryKindOf(error: unknown): RetryKind | undefined {
  const { message = '' } = (error ?? {}) as ServiceError;
  const name = nameOf(error);
  if (isThrottled(error)) return 'throttled';
  if (name === 'BadRequestException' && ROLE_NOT_READY.test(message)) return 'roleNotReady';
  if (isAccessDenied(error)) return 'accessDenied';
  return isUnavailable(error) ? 'unavailable' : undefined;
}

/** The delay in the Retry-After header of the service, else 0. */
export function retryAfterMillis(error: unknown): number {
  const seconds = Number((error as ServiceError).retryAfterSeconds);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}
