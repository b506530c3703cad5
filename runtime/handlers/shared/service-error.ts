/** What can be read from an error of the SDK. */
interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED = [
  'TooManyRequestsException',
  'LimitExceededException',
  'ThrottlingException',
  'Throttling',
  // DynamoDB throttles with the status 400.
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedException'];
/** Credentials of a role that the service does not know yet. */
const UNKNOWN_CREDENTIALS = ['UnrecognizedClientException', 'InvalidClientTokenId'];
const CONNECTION = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOTFOUND'];

/** Undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as ServiceError | undefined)?.$metadata?.httpStatusCode;
}

export function nameOf(error: unknown): string {
  return (error as ServiceError | undefined)?.name ?? '';
}

/** Too many requests: the same one may work later. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.includes(nameOf(error)) || statusOf(error) === 429;
}

/** The service or the way to it failed: the same request may work at once. */
export function isUnavailable(error: unknown): boolean {
  const status = statusOf(error);
  const code = (error as ServiceError | undefined)?.code ?? '';
  return (status !== undefined && status >= 500) || nameOf(error) === 'TimeoutError' || CONNECTION.includes(code);
}

/** Not allowed, or not allowed yet: IAM is eventually consistent. */
export function isAccessDenied(error: unknown): boolean {
  return [...DENIED, ...UNKNOWN_CREDENTIALS].includes(nameOf(error)) || statusOf(error) === 403;
}
