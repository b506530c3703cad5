import { type HeaderFields, type IncomingRequest, mediaTypeOf } from '../exchange';
import { collected, type MultiValues, queryPairs } from '../multi-values';

/** A request as an HTTP API reads it. */
export interface HttpRequest {
  readonly method: string;
  /** Below the stage, decoded: `$request.path`. */
  readonly path: string;
  /** With the stage unless that is `$default`, or with the base path of a custom domain, decoded: `rawPath` of events. */
  readonly rawPath: string;
  /** As it was requested, decoded: with the stage or the base path. */
  readonly fullPath: string;
  /** As it was sent. */
  readonly rawQuery: string;
  readonly query: MultiValues;
  /** By their names in lower case. */
  readonly headers: MultiValues;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly mediaType?: string;
}

/** Headers that end at the service. */
const HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Facts of a request that the client did not send. */
export interface RequestSurroundings {
  readonly stage: string;
  /** What stands for the stage in the path: `/live`; empty where the path begins below the stage. */
  readonly prefix: string;
  /** Whether a custom domain led here: then events have its base path, and not the stage. */
  readonly isMapped?: boolean;
  readonly host: string;
  readonly port: string;
  readonly traceId: string;
}

export function readRequest(request: IncomingRequest, around: RequestSurroundings): HttpRequest {
  const { target, body, method, sourceIp } = request;
  const { stage, prefix, isMapped } = around;
  const at = target.indexOf('?');
  const rawQuery = at < 0 ? '' : target.slice(at + 1);
  const whole = (at < 0 ? target : target.slice(0, at)).replace(/^\/+/, '/');
  const below = decodedPath(whole.startsWith(prefix) ? whole.slice(prefix.length) : whole);
  const path = below === '' ? '/' : below;
  const mediaType = mediaTypeOf(request.headers);
  return {
    ...{ method, path, rawQuery, body, sourceIp },
    rawPath: isMapped ? `${prefix}${path}` : stage === '$default' ? path : `/${stage}${path}`,
    fullPath: `${prefix}${path}`,
    query: collected(queryPairs(rawQuery)),
    headers: visible(request, around),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
}

/** Events have the path decoded, and cut off at a question mark that appears by that. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).split('?')[0];
  } catch {
    return path;
  }
}

function visible({ headers, body, sourceIp }: IncomingRequest, around: RequestSurroundings): MultiValues {
  const sent = headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !HOP.has(name) && name !== 'x-amzn-trace-id');
  const forwarded = sent.filter(([name]) => name === 'x-forwarded-for').map(([, value]) => value);
  const kept = sent.filter(([name]) => !/^(x-forwarded-(for|port|proto)|host|content-length)$/.test(name));
  const added: HeaderFields = [
    ['content-length', String(body.length)],
    ['host', around.host],
    ['x-amzn-trace-id', around.traceId],
    ['x-forwarded-for', [...forwarded, sourceIp].join(', ')],
    ['x-forwarded-port', around.port],
    ['x-forwarded-proto', 'https'],
  ];
  return collected([...kept, ...added]);
}

/** All values of each name in one text. */
export const joinedValues = (values: MultiValues): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.join(',')]));

/** The cookies of a request, one by one. */
export function cookiesOf(headers: MultiValues): string[] {
  const sent = Object.hasOwn(headers, 'cookie') ? headers.cookie : [];
  return sent.flatMap((each) => each.split(';').map((cookie) => cookie.trim())).filter((cookie) => cookie !== '');
}

/**
 * Whether events have a body of this type as text. AWS does not list the types: these were measured; forms and bodies without a
 * type are not among them.
 *
 * @see https://github.com/ministackorg/ministack/pull/766
 */
export const isText = (mediaType: string | undefined): boolean =>
  mediaType !== undefined && /^(text\/.*|application\/(json|xml|javascript))$/.test(mediaType);
