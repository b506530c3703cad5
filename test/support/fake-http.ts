import { type IncomingMessage, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request as a fake service saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a fake service answers; `reset` cuts the connection. */
export type FakeAnswer = { status: number; headers?: Record<string, string>; body?: string } | 'reset';

/** An HTTP server on a free port that keeps every request it sees. */
export interface FakeServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

/** @param answer `hang` never answers */
export async function fakeServer(answer: (request: SeenRequest) => FakeAnswer | 'hang'): Promise<FakeServer> {
  const seen: SeenRequest[] = [];
  // A test that computes for longer than the default of 5 seconds would find its connection closed.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: SeenRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(one);
      const reply = answer(one);
      if (reply === 'hang') return;
      if (reply === 'reset') {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, reply.headers);
      response.end(reply.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
