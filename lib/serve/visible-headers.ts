import { type IncomingRequest } from './exchange';
import { collected, type MultiValues } from './multi-values';

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

/** What the service writes itself. */
const REPLACED: ReadonlySet<string> = new Set(['host', 'x-amzn-trace-id', 'x-forwarded-port', 'x-forwarded-proto']);

const SPELLING: ReadonlyMap<string, string> = new Map(
  [
    'Authorization',
    'CloudFront-Forwarded-Proto',
    'Host',
    'User-Agent',
    'X-Amzn-Trace-Id',
    'X-Forwarded-For',
    'X-Forwarded-Port',
    'X-Forwarded-Proto',
  ].map((name) => [name.toLowerCase(), name]),
);

/** What the service adds to the headers of a client. */
export interface EdgeHeaders {
  readonly traceId: string;
  readonly host: string;
  readonly port: string;
  readonly protocol: string;
}

/** The headers of a request as its API sees them. */
export function visibleHeaders({ headers, sourceIp }: IncomingRequest, edge: EdgeHeaders): MultiValues {
  const kept: [string, string][] = [];
  const forwarded: string[] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === 'x-forwarded-for') forwarded.push(value);
    else if (!HOP.has(lower) && !REPLACED.has(lower)) kept.push([SPELLING.get(lower) ?? name, value]);
  }
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
