/** Why a request may work when it is sent again. */
export type RetryKind = 'throttled' | 'unavailable' | 'roleNotReady' | 'accessDenied';

interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly retryAfterSeconds?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED = ['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException', 'Throttling'];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedException'];
/** How API Gateway refuses a role that IAM does not show yet; the wording changed over the years. */
const ROLE_NOT_READY = /role ARN does not have required permissions|could not successfully write to CloudWatch Logs/i;
const CONNECTION = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'];

/** Undefined where trying again does not help. */
export function retryKindOf(error: unknown): RetryKind | undefined {
  const { name = '', message = '', code = '', $metadata } = (error ?? {}) as ServiceError;
  const status = $metadata?.httpStatusCode;
  if (THROTTLED.includes(name) || status === 429) return 'throttled';
  if (name === 'BadRequestException' && ROLE_NOT_READY.test(message)) return 'roleNotReady';
  if (DENIED.includes(name) || status === 403) return 'accessDenied';
  if ((status !== undefined && status >= 500) || name === 'TimeoutError' || CONNECTION.includes(code)) {
    return 'unavailable';
  }
  return undefined;
}

/** What the service asks for in its Retry-After header, else 0. */
export function retryAfterMillis(error: unknown): number {
  const seconds = Number((error as ServiceError).retryAfterSeconds);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}
