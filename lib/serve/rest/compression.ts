import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { type Answer, headerOf } from '../exchange';
import { valueOfHeader } from '../multi-values';
import { Refusal } from '../refusal';
import { type RestRequest } from './request';

/**
 * The request with its body as it was before the client compressed it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 * @throws Refusal
 */
export function decompressed(request: RestRequest, most: number): RestRequest {
  const coding = valueOfHeader(request.headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity' || request.body.length === 0) return request;
  const expand = { gzip: gunzipSync, deflate: inflateSync }[coding];
  if (!expand) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', {
      reason: `The body has the coding ${coding}; gzip and deflate are known`,
    });
  }
  try {
    return { ...request, body: expand(request.body, { maxOutputLength: most }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Refusal('REQUEST_TOO_LARGE', { reason: `The body has more than ${most} bytes once it is expanded` });
    }
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', { reason: `The body is not compressed as ${coding} says` });
  }
}

const CODINGS: Readonly<Record<string, (body: Uint8Array) => Buffer>> = { gzip: gzipSync, deflate: deflateSync };

/**
 * The answer as the client wants it: compressed if the API does that with bodies of this size.
 *
 * @param minimum bytes of a body; undefined if the API compresses nothing
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
 */
export function compressed(answer: Answer, accepted: string | undefined, minimum: number | undefined): Answer {
  const { body, headers } = answer;
  if (minimum === undefined || !(body instanceof Uint8Array) || body.length === 0 || body.length < minimum)
    return answer;
  if (headerOf(headers, 'content-encoding') !== undefined) return answer;
  const coding = preferred(accepted ?? '');
  if (coding === undefined || !Object.hasOwn(CODINGS, coding)) return answer;
  return { ...answer, headers: [...headers, ['Content-Encoding', coding]], body: CODINGS[coding](body) };
}

/** The coding with the highest weight, the first of several: if the service does not know it, it compresses nothing. */
function preferred(accepted: string): string | undefined {
  const codings = accepted.split(',').flatMap((each) => {
    const [name, ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1');
    return name !== '' && weight > 0 ? [{ name, weight }] : [];
  });
  return codings.sort((a, b) => b.weight - a.weight)[0]?.name;
}
