import { createHash } from 'node:crypto';
import { type IncomingRequest } from './exchange';

/** As RFC 3986 has it: more characters than `encodeURIComponent` knows are encoded. */
export const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20250131T235959Z`. */
export const dateTime = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * The text of a request that its signature is about.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(
  { method, target, headers, body }: IncomingRequest,
  signedHeaders: readonly string[],
): string {
  const [path, query = ''] = target.split(/\?(.*)/s);
  const lines = signedHeaders.map((name) => {
    const values = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => trimmed(value));
    return `${name}:${values.join(',')}\n`;
  });
  const digest = createHash('sha256').update(body).digest('hex');
  return [method, canonicalPath(path), canonicalQuery(query), lines.join(''), signedHeaders.join(';'), digest].join(
    '\n',
  );
}

const trimmed = (value: string): string => value.trim().replace(/\s+/g, ' ');

/** The path as it was sent, without `.`, `..` and empty parts, and encoded once more. */
function canonicalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(escaped(part));
  }
  return `/${parts.join('/')}${parts.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((each) => each !== '' && !each.startsWith('X-Amz-Signature='))
    .map((each) => {
      const at = each.indexOf('=');
      const [name, value] = at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
      return [recoded(name), recoded(value)] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function recoded(text: string): string {
  try {
    return escaped(decodeURIComponent(text));
  } catch {
    return text;
  }
}
