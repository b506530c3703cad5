import { type Answer } from '../exchange';
import { type Refusal, type RefusalType } from '../refusal';

type Told = readonly [status: number, message: string];

/**
 * The responses that an HTTP API itself makes. A back end that does not answer in time is a 503.
 *
 * @see https://github.com/compiler-explorer/explain/pull/19
 */
const ANSWERS: Readonly<Partial<Record<RefusalType, Told>>> = {
  ACCESS_DENIED: [403, 'Forbidden'],
  BAD_REQUEST_PARAMETERS: [400, 'Bad Request'],
  EXPIRED_TOKEN: [403, 'Forbidden'],
  INTEGRATION_FAILURE: [503, 'Service Unavailable'],
  INTEGRATION_TIMEOUT: [503, 'Service Unavailable'],
  INVALID_SIGNATURE: [403, 'Forbidden'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Forbidden'],
  REQUEST_TOO_LARGE: [413, 'Request Entity Too Large'],
  RESOURCE_NOT_FOUND: [404, 'Not Found'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
};

/** The response of an HTTP API to a request that it refuses. */
export function refusedAnswer({ type, facts }: Refusal): Answer {
  const [status, message] = ANSWERS[type] ?? [500, 'Internal Server Error'];
  return {
    status,
    headers: [['Content-Type', 'application/json'], ...(facts.headers ?? [])],
    body: Buffer.from(JSON.stringify({ message }), 'utf8'),
  };
}
