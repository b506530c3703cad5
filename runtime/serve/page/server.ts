import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Json, parsedJson } from '../../../lib/serve/json';
import { type PageServer, type PageServerOptions } from './contract';
import { Control } from './control';
import { ControlError } from './control-error';
import { Feed } from './feed';
import { contentPolicy, CONTROL, denialOf, SECURITY_HEADERS } from './guards';

/** A body of the service's largest request, escaped. */
const BODY_MAX = 24 * 1024 * 1024;

/** Serves the page and what it controls, on a separate port. */
export async function createPageServer(options: PageServerOptions): Promise<PageServer> {
  const { gateway, html, host = '127.0.0.1', token = randomBytes(24).toString('base64url') } = options;
  const feed = new Feed();
  const control = new Control(gateway, feed);
  const policy = contentPolicy(html);
  let port = options.port ?? 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const [path] = url.split('?');
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const denial = denialOf({ method, path, headers }, { port, token });
    if (denial) return json(response, denial.status, { message: denial.text });
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      response.end(html);
    } else if (method === 'GET' && path === `${CONTROL}feed`) {
      feed.open(response, { type: 'state', state: control.state });
    } else {
      const input = method === 'POST' ? await bodyOf(request) : null;
      json(response, 200, await control.call(method, path, input));
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const status = error instanceof ControlError ? error.status : 500;
      json(response, status, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  port = await listening(server, port, host);
  return {
    port,
    url: `http://localhost:${port}/#token=${token}`,
    record: (exchanged) => control.record(exchanged),
    log(line) {
      control.history.log(line);
      if (!feed.isWatched) return;
      // A line of a request is read with it: only then its secrets are known.
      if (line.requestId === undefined) {
        feed.send({ type: 'log', text: control.hidden(`${line.functionId}: ${line.text}`) });
      } else if (control.history.has(line.requestId)) feed.send({ type: 'log', requestId: line.requestId });
    },
    changed: () => feed.send({ type: 'state', state: control.state }),
    async close() {
      feed.close();
      control.connections.closeAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** @throws ControlError */
async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX) throw new ControlError(413, `The body has more than ${BODY_MAX} bytes`);
    chunks.push(chunk);
  }
  const value = parsedJson(Buffer.concat(chunks).toString('utf8'));
  if (value === undefined) throw new ControlError(400, 'The body is not JSON');
  return value;
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
