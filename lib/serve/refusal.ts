import { type Location } from '../template/model/place';
import { type GATEWAY_RESPONSE_TYPES } from '../facts/gateway-responses';
import { type HeaderFields } from './exchange';

export type RefusalType = (typeof GATEWAY_RESPONSE_TYPES)[number];

interface Default {
  readonly status: number;
  readonly message: string | null;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
}

/**
 * The responses that a REST API itself makes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const REFUSALS: Readonly<Record<RefusalType, Default>> = {
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  AUTHORIZER_FAILURE: { status: 500, message: null, errorType: 'AuthorizerConfigurationException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: 'Missing required request parameters',
    errorType: 'BadRequestException',
  },
  DEFAULT_4XX: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  DEFAULT_5XX: { status: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  EXPIRED_TOKEN: {
    status: 403,
    message: 'The security token included in the request is expired',
    errorType: 'ExpiredTokenException',
  },
  INTEGRATION_FAILURE: { status: 504, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  INVALID_SIGNATURE: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided.',
    errorType: 'InvalidSignatureException',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  REQUEST_TOO_LARGE: {
    status: 413,
    message: 'HTTP content length exceeded 10485760 bytes.',
    errorType: 'RequestTooLargeException',
  },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Resource not found', errorType: 'ResourceNotFoundException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
  WAF_FILTERED: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
};

interface RefusalFacts {
  /** For people: why, in one sentence. */
  readonly reason: string;
  readonly message?: string | null;
  readonly status?: number;
  /** `x-amzn-ErrorType`, if the type has several. */
  readonly errorType?: string;
  /** `$context.error.validationErrorString`. */
  readonly validation?: string;
  readonly because?: readonly Location[];
  /** More headers of the answer. */
  readonly headers?: HeaderFields;
}

/** Ends a request with a gateway response. */
export class Refusal extends Error {
  constructor(
    public readonly type: RefusalType,
    public readonly facts: RefusalFacts,
  ) {
    super(facts.reason);
  }

  public get status(): number {
    return this.facts.status ?? REFUSALS[this.type].status;
  }

  public get errorType(): string {
    return this.facts.errorType ?? REFUSALS[this.type].errorType;
  }

  /** The text for the client. */
  public get text(): string | null {
    return this.facts.message === undefined ? REFUSALS[this.type].message : this.facts.message;
  }
}

/** A response of 500 for what the service only finds while it serves a request. */
export const misconfigured = (reason: string, because?: readonly Location[]): Refusal =>
  new Refusal('API_CONFIGURATION_ERROR', { reason, because });

/** What ends a request; a fault of this program is an internal error, and never shown to clients. */
export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal
    ? error
    : misconfigured(
        `The local gateway failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
