import { type IncomingMessage } from 'node:http';
import { type HeaderFields, type IncomingRequest } from '../../lib/serve/exchange';

/** A request of Node's server as the gateway reads it. */
export const incomingOf = (request: IncomingMessage, body: Uint8Array): IncomingRequest => ({
  method: request.method ?? 'GET',
  target: request.url ?? '/',
  headers: fieldsOf(request.rawHeaders),
  body,
  sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
});

/** Names and values by turns, as they came. */
function fieldsOf(raw: readonly string[]): HeaderFields {
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([raw[at], raw[at + 1]]);
  return fields;
}
