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
export const outgoing = (headers: HeaderFields): HeaderFields =>
  headers
    .filter(([name]) => name.toLowerCase() !== 'transfer-encoding')
    .map(([name, value]) => [REMAPPED_IN_ANSWERS.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);
