import { type Location } from '../../template/model/place';
import { type Answer, type IncomingRequest } from '../exchange';
import { misconfigured, Refusal } from '../refusal';
import { type RestRequest } from './request';

/** Bytes of the body of a request, and of a response that is not streamed. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const BODY_MAX = 10 * 1024 * 1024;

/** Bytes of the request line and the values of all headers. */
const HEAD_MAX = 10_240;

/** @throws Refusal */
export function checkRequest({ body }: RestRequest): void {
  if (body.length <= BODY_MAX) return;
  throw new Refusal('REQUEST_TOO_LARGE', { reason: `The body has ${body.length} bytes, more than ${BODY_MAX}` });
}

/** @throws Refusal */
export function checkAnswer({ body }: Answer, because: readonly Location[]): void {
  if (!(body instanceof Uint8Array) || body.length <= BODY_MAX) return;
  throw misconfigured(
    `The body of the response has ${body.length} bytes, more than ${BODY_MAX}; responseTransferMode STREAM takes more`,
    because,
  );
}

/** The response of the service to a larger head is not documented, so it is only a note. */
export function sizeNote({ method, target, headers }: IncomingRequest): string {
  const size = headers.reduce((sum, [, value]) => sum + value.length, `${method} ${target} HTTP/1.1`.length);
  return size > HEAD_MAX ? `; request line and header values have ${size} bytes, and AWS takes only ${HEAD_MAX}` : '';
}
