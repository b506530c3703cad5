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

/** The headers of a request as its API sees them. */
export function visibleHeaders({ headers, sourceIp }: IncomingRequest, edge: EdgeHeaders): MultiValues {
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
