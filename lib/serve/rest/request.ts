import { type IncomingRequest, mediaTypeOf } from '../exchange';
import { collected, type MultiValues, queryPairs } from '../multi-values';
import { type Arrival } from '../mapped';
import { type EdgeHeaders, visibleHeaders } from '../visible-headers';

/** A request as a REST API reads it. */
export interface RestRequest {
  readonly method: string;
  /** With the stage or the base path, without the query. */
  readonly fullPath: string;
  /** Below the stage, or below the base path of a custom domain. */
  readonly path: string;
  /** As functions see it: with the base path of a custom domain. */
  readonly eventPath: string;
  readonly query: MultiValues;
  /** Those that the API can see; names keep their letters, but for some that the service writes in its own way. */
  readonly headers: MultiValues;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** The media type of the body, in lower case and without parameters; JSON if the request does not say. */
  readonly mediaType: string;
  /** The same, if the request does say. */
  readonly sentType?: string;
}

/** @see https://github.com/localstack/localstack/pull/12296 for the paths of custom domains */
export function readRequest(request: IncomingRequest, { prefix, mapped }: Arrival, edge: EdgeHeaders): RestRequest {
  const { target, body, method, sourceIp } = request;
  const at = target.indexOf('?');
  const written = at < 0 ? target : target.slice(0, at);
  // Slashes before the stage count as one.
  const whole = written.replace(/^\/+/, '/');
  const below = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  const headers = visibleHeaders(request, edge);
  const path = below === '' ? '/' : below.replace(/^\/\//, '/');
  const sentType = mediaTypeOf(request.headers);
  return {
    method,
    fullPath: `${prefix}${below === '' ? '/' : below}`,
    ...{ path, eventPath: mapped ? whole : path },
    // A semicolon divides parameters, too.
    query: collected(queryPairs(at < 0 ? '' : target.slice(at + 1), /[&;]/)),
    headers,
    body,
    sourceIp,
    mediaType: sentType ?? 'application/json',
    ...(sentType === undefined ? {} : { sentType }),
  };
}
