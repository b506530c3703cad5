import { type HeaderFields } from '../exchange';
import { misconfigured } from '../refusal';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const REMAPPED_IN_ANSWERS: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

/** The headers of an answer as clients see them: some get another name, one goes. */
export const outgoing = (headers: HeaderFields): HeaderFields =>
  headers
    .filter(([name]) => name.toLowerCase() !== 'transfer-encoding')
    .map(([name, value]) => [REMAPPED_IN_ANSWERS.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);

/** Headers of a request that no mapping brings to a back end. */
const DROPPED: ReadonlySet<string> = new Set(['expect', 'proxy-authenticate', 'te', 'via']);

/** Headers that a proxy does not pass on. */
const NOT_PROXIED: ReadonlySet<string> = new Set(['content-encoding', 'host', 'x-amzn-trace-id']);

export const isProxied = (name: string): boolean => !NOT_PROXIED.has(name.toLowerCase());

/** Headers that mappings and overrides set on the call of a back end. @throws Refusal for those that nobody may set */
export function settable(headers: HeaderFields): HeaderFields {
  for (const [name] of headers) {
    if (/^(content-length|transfer-encoding)$/i.test(name)) {
      throw misconfigured(`The header ${name} of the back end cannot be set by a mapping`);
    }
  }
  return headers.filter(([name]) => !DROPPED.has(name.toLowerCase()));
}
