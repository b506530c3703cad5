import { isKnown, knownOr } from '../../template/model/value';
import { type HttpApi } from '../../template/model/v2';
import { type Location } from '../../template/model/place';
import { type Answer, type HeaderFields } from '../exchange';
import { valueOfHeader } from '../multi-values';
import { type HttpRequest } from './request';

/**
 * The CORS configuration of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export interface Cors {
  readonly location: Location;
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAge?: number;
}

export function corsOf({ corsConfiguration: configuration }: HttpApi): Cors | undefined {
  if (!isKnown(configuration)) return undefined;
  return {
    location: configuration.location,
    origins: knownOr(configuration.allowOrigins, []),
    methods: knownOr(configuration.allowMethods, []),
    headers: knownOr(configuration.allowHeaders, []),
    exposed: knownOr(configuration.exposeHeaders, []),
    credentials: knownOr(configuration.allowCredentials, false),
    ...(isKnown(configuration.maxAge) ? { maxAge: configuration.maxAge } : {}),
  };
}

/** What `Access-Control-Allow-Origin` says to an origin; undefined if it is not allowed. */
export function allowedOrigin({ origins }: Pick<Cors, 'origins'>, origin: string): string | undefined {
  if (origins.includes('*')) return '*';
  const isAllowed = origins.some((each) => each === origin || (/^https?:\/\/\*$/.test(each) && isBelow(each, origin)));
  return isAllowed ? origin : undefined;
}

/** `https://*` takes any host of that scheme. */
const isBelow = (wildcard: string, origin: string): boolean =>
  origin.length >= wildcard.length && origin.startsWith(wildcard.slice(0, -1));

const originOf = ({ headers }: HttpRequest): string | undefined => valueOfHeader(headers, 'origin');

/** Whether the request asks which requests a page may send. */
export const isPreflight = (request: HttpRequest): boolean =>
  request.method === 'OPTIONS' &&
  originOf(request) !== undefined &&
  valueOfHeader(request.headers, 'access-control-request-method') !== undefined;

/** The answer to a preflight: what the configuration allows, whatever the client requests. */
export function preflightAnswer(cors: Cors, request: HttpRequest): Answer {
  const origin = allowedOrigin(cors, originOf(request) ?? '');
  const list = (name: string, values: readonly string[]): HeaderFields =>
    values.length === 0 ? [] : [[name, values.join(',')]];
  const headers: HeaderFields =
    origin === undefined
      ? []
      : [
          ...list('access-control-allow-methods', cors.methods),
          ...list('access-control-allow-headers', cors.headers),
          ...(cors.maxAge === undefined ? [] : [['access-control-max-age', String(cors.maxAge)] as const]),
        ];
  return { status: 204, headers, body: new Uint8Array() };
}

/** The headers of a response with those of CORS: those of the configuration only, whatever the back end says. */
export function withCors(
  cors: Cors,
  request: HttpRequest,
  headers: HeaderFields,
  isOfPreflight: boolean,
): HeaderFields {
  const kept = isOfPreflight ? headers : headers.filter(([name]) => !/^access-control-/i.test(name));
  const asked = originOf(request);
  const origin = asked === undefined ? undefined : allowedOrigin(cors, asked);
  if (origin === undefined) return kept;
  return [
    ...kept,
    ['access-control-allow-origin', origin],
    ...(cors.credentials ? [['access-control-allow-credentials', 'true'] as const] : []),
    ...(isOfPreflight || cors.exposed.length === 0
      ? []
      : [['access-control-expose-headers', cors.exposed.join(',')] as const]),
  ];
}
