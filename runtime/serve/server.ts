import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, type IncomingRequest } from '../../lib/serve/exchange';
import { paired } from './backends/http';

/** Handles a request; the only thing that a server needs of an API. */
export type Handler = (request: IncomingRequest) => Promise<Answer>;

/** A larger body is refused by the API, and not read to its end. */
const READ_MAX = 10 * 1024 * 1024 + 1;

/** Serves an API over HTTP. */
export function createApiServer(handler: Handler): Server {
  return createServer(
    { keepAliveTimeout: 5000, insecureHTTPParser: false, joinDuplicateHeaders: true },
    (message, response) => {
      serve(handler, message, response).catch(() => {
        if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' });
        response.end(response.headersSent ? undefined : JSON.stringify({ message: 'Internal server error' }));
      });
    },
  );
}

async function serve(handler: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await handler(await requestOf(message));
  const { status, headers, body } = answer;
  const isWhole = body instanceof Uint8Array;
  const hasBody = status !== 204 && status !== 304 && message.method !== 'HEAD';
  const fields = headers.flatMap(([name, value]) => [name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')]);
  if (isWhole && hasBody) fields.push('Content-Length', String(body.length));
  response.writeHead(status, fields);
  if (isWhole) {
    response.end(hasBody ? body : undefined);
    return;
  }
  for await (const chunk of body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });

/** The request as it stands on the wire. */
export async function requestOf(message: IncomingMessage): Promise<IncomingRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += (chunk as Buffer).length;
    if (length <= READ_MAX) chunks.push(chunk as Buffer);
  }
  const body = length > READ_MAX ? Buffer.alloc(READ_MAX) : Buffer.concat(chunks);
  return {
    ...{ method: message.method ?? 'GET', target: message.url ?? '/', headers: paired(message.rawHeaders), body },
    sourceIp: (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}
