import { type IncomingRequest, mediaTypeOf } from '../exchange';
import { collected, type MultiValues, queryPairs } from '../multi-values';

/** A request as a REST API reads it. */
export interface RestRequest {
  readonly method: string;
  /** With the stage, without the query: `$context.path`. */
  readonly fullPath: string;
  /** Below the stage, as proxied functions see it. */
  readonly path: string;
  readonly query: MultiValues;
  /** Those that the API can see; names keep their letters, but for some that the service writes in its own way. */
  readonly headers: MultiValues;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** The media type of the body, in lower case and without parameters; JSON if the request does not say. */
  readonly mediaType: string;
}

/** Headers that end at the service: neither templates nor back ends see them. */
const HOP: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'www-authenticate',
]);

const SPELLING: Readonly<Record<string, string>> = {
  authorization: 'Authorization',
  'cloudfront-forwarded-proto': 'CloudFront-Forwarded-Proto',
  host: 'Host',
  'user-agent': 'User-Agent',
  'x-amzn-trace-id': 'X-Amzn-Trace-Id',
  'x-forwarded-for': 'X-Forwarded-For',
  'x-forwarded-port': 'X-Forwarded-Port',
  'x-forwarded-proto': 'X-Forwarded-Proto',
};

/** What the service adds to the headers of a client. */
export interface EdgeHeaders {
  readonly traceId: string;
  readonly host: string;
  readonly port: string;
  readonly protocol: string;
}

/** @param prefix the stage as it begins the path, `/prod`; empty where the URL names none */
export function readRequest(request: IncomingRequest, prefix: string, edge: EdgeHeaders): RestRequest {
  const { target, body, method, sourceIp } = request;
  const at = target.indexOf('?');
  const written = at < 0 ? target : target.slice(0, at);
  // Slashes before the stage count as one.
  const whole = written.replace(/^\/+/, '/');
  const below = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  const headers = visible(request, edge);
  return {
    method,
    fullPath: `${prefix}${below === '' ? '/' : below}`,
    path: below === '' ? '/' : below.replace(/^\/\//, '/'),
    query: collected(queryPairs(at < 0 ? '' : target.slice(at + 1))),
    headers,
    body,
    sourceIp,
    mediaType: mediaTypeOf(request.headers) ?? 'application/json',
  };
}

function visible({ headers, sourceIp }: IncomingRequest, edge: EdgeHeaders): MultiValues {
  const sent = headers
    .filter(([name]) => !HOP.has(name.toLowerCase()) && name.toLowerCase() !== 'x-amzn-trace-id')
    .map(([name, value]): readonly [string, string] => [SPELLING[name.toLowerCase()] ?? name, value]);
  const forwarded = sent.filter(([name]) => name === 'X-Forwarded-For').map(([, value]) => value);
  const kept = sent.filter(([name]) => !/^(X-Forwarded-(For|Port|Proto)|Host)$/.test(name));
  return collected(
    [
      ...kept,
      ['Host', edge.host],
      ['X-Amzn-Trace-Id', edge.traceId],
      ['X-Forwarded-For', [...forwarded, sourceIp].join(', ')],
      ['X-Forwarded-Port', edge.port],
      ['X-Forwarded-Proto', edge.protocol],
    ],
    (name) => name.toLowerCase(),
  );
}
