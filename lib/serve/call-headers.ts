import { type HeaderFields } from './exchange';
import { misconfigured } from './refusal';

/** Headers of a request that no mapping brings to a back end. */
const DROPPED: ReadonlySet<string> = new Set(['expect', 'proxy-authenticate', 'te', 'via']);

/** Headers that a proxy does not pass on. */
const NOT_PROXIED: ReadonlySet<string> = new Set(['content-encoding', 'host', 'x-amzn-trace-id']);

export const isProxied = (name: string): boolean => !NOT_PROXIED.has(name.toLowerCase());

/** Headers of a call that cannot be set. */
const RESERVED = /^(content-length|transfer-encoding)$/i;

/** The same for calls of functions and services, which the gateway signs. */
const RESERVED_IN_SIGNED =
  /^(authorization|connection|content-length|expect|proxy-authenticate|te|transfer-encoding)$/i;

/** Headers that mappings and overrides set on the call of a back end. @throws Refusal for those that cannot be set */
export function settable(headers: HeaderFields, isSigned = false): HeaderFields {
  const reserved = isSigned ? RESERVED_IN_SIGNED : RESERVED;
  for (const [name] of headers) {
    if (reserved.test(name)) {
      throw misconfigured(`The header ${name} of the back end cannot be set by a mapping`);
    }
  }
  return headers.filter(([name]) => !DROPPED.has(name.toLowerCase()));
}
