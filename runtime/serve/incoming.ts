import { type IncomingMessage } from 'node:http';
import { type IncomingRequest } from '../../lib/serve/exchange';
import { paired } from './backends/http';

/** A request of Node's server as the gateway reads it. */
export const incomingOf = (request: IncomingMessage, body: Uint8Array): IncomingRequest => ({
  method: request.method ?? 'GET',
  target: request.url ?? '/',
  headers: paired(request.rawHeaders),
  body,
  sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
});
