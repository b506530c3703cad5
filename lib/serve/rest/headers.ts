import { type HeaderFields } from '../exchange';

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
  'x-amzn-requestid',
]);

/** The headers of an answer as clients see them: some get another name, one goes. */
export function outgoing(headers: HeaderFields): (readonly [string, string])[] {
  const sent: (readonly [string, string])[] = [];
  for (const field of headers) {
    const lower = field[0].toLowerCase();
    if (lower === 'transfer-encoding') continue;
    sent.push(REMAPPED_IN_ANSWERS.has(lower) ? [`x-amzn-Remapped-${field[0]}`, field[1]] : field);
  }
  return sent;
}
