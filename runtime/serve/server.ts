import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, type HeaderFields, headerOf, type IncomingRequest } from '../../lib/serve/exchange';
import { incomingOf } from './incoming';

/** Handles a request; the only thing that a server needs of an API. */
export type Handler = (request: IncomingRequest) => Promise<Answer>;

/** A larger body is refused by the API, and not read to its end. */
const READ_MAX = 10 * 1024 * 1024 + 1;

/** A body up to here is sent in one write with its header. */
const ONE_WRITE = 64 * 1024;

const NOTHING = Buffer.alloc(0);

/** Serves an API over HTTP. */
export function createApiServer(handler: Handler): Server {
  const server = createServer(
    { keepAliveTimeout: 5000, insecureHTTPParser: false, joinDuplicateHeaders: true },
    (message, response) => {
      serve(handler, message, response).catch(() => {
        // An answer that breaks off must not look like a whole one.
        if (response.headersSent) return void response.destroy();
        response.writeHead(500, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ message: 'Internal server error' }));
      });
    },
  );
  return server;
}

/**
 * Ends a server: running requests finish first, except those that take longer than so many milliseconds.
 */
export function endServer(server: Server, graceInMs: number): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => server.closeAllConnections(), graceInMs);
    // Connections whose request ends meanwhile would wait for a next one.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(late);
      clearInterval(idle);
      done();
    });
    server.closeIdleConnections();
  });
}

async function serve(handler: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = incomingOf(message, NOTHING);
  const { status, headers, body } = await handler(
    hasBody(request.headers) ? { ...request, body: await bodyOf(message) } : request,
  );
  const isSent = status !== 204 && status !== 304 && message.method !== 'HEAD';
  const fields: string[] = [];
  for (const [name, value] of headers) fields.push(name, UNSENDABLE.test(value) ? withoutUnsendable(value) : value);
  if (!(body instanceof Uint8Array)) {
    response.writeHead(status, fields);
    return streamed(body, response);
  }
  if (isSent) fields.push('Content-Length', String(body.length));
  response.writeHead(status, fields);
  if (!isSent) response.end();
  else if (body.length > ONE_WRITE) response.end(body);
  else response.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1');
}

const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;
const withoutUnsendable = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');

async function streamed(body: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  for await (const chunk of body) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Until the client has read enough, or is gone. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
const hasBody = (headers: HeaderFields): boolean =>
  headerOf(headers, 'content-length') !== undefined || headerOf(headers, 'transfer-encoding') !== undefined;

function bodyOf(message: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= READ_MAX) chunks.push(chunk);
      else chunks.length = 0;
    });
    message.on('end', () => resolve(length > READ_MAX ? Buffer.alloc(READ_MAX) : Buffer.concat(chunks)));
    message.on('error', reject);
    message.on('close', () => reject(new Error('The client has gone')));
  });
}
