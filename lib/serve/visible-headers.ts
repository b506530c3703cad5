import { type IncomingRequest } from './exchange';
import { type MultiValues } from './multi-values';

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
  const found = new Map<string, [name: string, values: string[]]>();
  let forwarded = '';
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === 'x-forwarded-for') forwarded += `${value}, `;
    else if (!HOP.has(lower) && !REPLACED.has(lower)) {
      const kept = found.get(lower);
      if (kept) kept[1].push(value);
      else found.set(lower, [SPELLING.get(lower) ?? name, [value]]);
    }
  }
  const kept: MultiValues = Object.fromEntries(found.values());
  return Object.assign(kept, {
    Host: [edge.host],
    'X-Amzn-Trace-Id': [edge.traceId],
    'X-Forwarded-For': [forwarded + sourceIp],
    'X-Forwarded-Port': [edge.port],
    'X-Forwarded-Proto': [edge.protocol],
  });
}
