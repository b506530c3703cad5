import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';

/** The header that has the token; other sites cannot set it without asking first, and are never allowed. */
export const TOKEN_HEADER = 'x-apigw-token';

/** Everything but the page itself is below this path. */
export const CONTROL = '/_apigw/';

export interface Guarded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Guards {
  readonly port: number;
  readonly token: string;
}

export interface Denial {
  readonly status: number;
  readonly text: string;
}

/** Why a request is not for this server; undefined if it is. Pages of other sites can send requests to local ports too. */
export function denialOf({ method, path, headers }: Guarded, { port, token }: Guards): Denial | undefined {
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  const host = headers.host?.toLowerCase() ?? '';
  if (!hosts.includes(host)) {
    // A name of another site may lead to this address: DNS rebinding.
    return { status: 421, text: `The host is ${JSON.stringify(host)}; open the page as http://${hosts[0]}/` };
  }
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) {
    return { status: 403, text: `The origin ${JSON.stringify(headers.origin)} is not the page` };
  }
  if (!path.startsWith(CONTROL)) {
    return method === 'GET' ? undefined : { status: 405, text: 'The page is read with GET' };
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') {
    return { status: 403, text: `The request comes from ${JSON.stringify(site)}, not from the page` };
  }
  if (!isSame(String(headers[TOKEN_HEADER] ?? ''), token)) {
    return { status: 401, text: 'The token is missing or old: open the address that the command printed' };
  }
  if (method === 'POST' && headers['content-type'] !== 'application/json') {
    return { status: 415, text: 'The content type has to be application/json' };
  }
  return undefined;
}

/** Compares in constant time. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The headers of every answer; none of them lets other sites in. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The policy of the page: its own script and style by their hashes, calls to this server, and nothing else. */
export function contentPolicy(html: string): string {
  const hash = (tag: string): string => {
    const begin = html.indexOf(`<${tag}>`) + tag.length + 2;
    const text = html.slice(begin, html.indexOf(`</${tag}>`, begin));
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  return [
    "default-src 'none'",
    `script-src ${hash('script')}`,
    `style-src ${hash('style')}`,
    "connect-src 'self'",
    // An empty icon, so that the browser does not ask for one.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
