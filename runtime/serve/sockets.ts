import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, type HeaderFields } from '../../lib/serve/exchange';
import { type Arrival } from '../../lib/serve/mapped';
import { type Trace } from '../../lib/serve/trace';
import { type Socket, type WebSocketConnection } from '../../lib/serve/websocket/connection';
import { type WebSocketGateway } from '../../lib/serve/websocket/gateway';
import { CLOSING, LIMITS } from '../../lib/serve/websocket/limits';
import { FrameMeter } from './frame-meter';
import { incomingOf } from './incoming';

export interface SocketsOptions {
  /** The gateway of a request, and the stage as it begins the path; undefined if there is none. */
  readonly gatewayOf: (request: IncomingMessage) => ({ readonly gateway: WebSocketGateway } & Arrival) | undefined;
  readonly onTrace?: (trace: Trace) => void;
  /** How often idle connections are looked for. */
  readonly expiryEveryMs?: number;
}

/** No client of the service gets extensions. */
const SERVER_OPTIONS = { noServer: true, clientTracking: false, perMessageDeflate: false } as const;

/** Lets clients of a server connect to WebSocket APIs. @returns what closes their connections */
export function attachSockets(server: Server, options: SocketsOptions): { close(): void } {
  const chosen = new WeakMap<IncomingMessage, string>();
  const sockets = new WebSocketServer({
    ...SERVER_OPTIONS,
    maxPayload: LIMITS.messageBytes,
    handleProtocols: (_, request) => chosen.get(request) ?? false,
  });
  const open = new Map<ClientSocket, WebSocketConnection>();
  const tell = (trace: Trace | undefined): void => {
    if (trace) options.onTrace?.(trace);
  };

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on('error', () => stream.destroy());
    const found = options.gatewayOf(request);
    if (!found || !isHandshake(request)) return refuse(stream, plain(found ? 400 : 403));
    const client = new ClientSocket();
    const { gateway, prefix, mapped } = found;
    const handshake = await gateway.connect(incomingOf(request, new Uint8Array()), prefix, client, mapped);
    tell(handshake.trace);
    if (handshake.kind === 'refused') return refuse(stream, handshake.answer);
    const { connection, headers } = handshake;
    const protocol = protocolOf(headers);
    if (protocol !== undefined) chosen.set(request, protocol);
    open.set(client, connection);
    const closed = async (code: number, reason = ''): Promise<void> => {
      open.delete(client);
      tell(await connection.closed(code, reason));
    };
    // The client may have gone while it was let in.
    if (!stream.readable || !stream.writable) return closed(1006);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const meter = new FrameMeter((bytes) => {
        if (bytes > LIMITS.frameBytes) connection.shut('tooBig');
      });
      stream.prependListener('data', (chunk: Buffer) => meter.read(chunk));
      listen(socket, connection, tell);
      socket.on('close', (code, reason) => void closed(code, reason.toString('utf8')));
      client.opened(socket);
    });
  }

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    upgrade(request, stream, head).catch(() => stream.destroy());
  };
  server.on('upgrade', onUpgrade);
  const timer = setInterval(() => open.forEach((connection) => connection.expire()), options.expiryEveryMs ?? 1000);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      server.off('upgrade', onUpgrade);
      const { code, reason } = CLOSING.idle;
      for (const client of open.keys()) client.close(code, reason);
    },
  };
}

function listen(socket: WebSocket, connection: WebSocketConnection, tell: (trace: Trace | undefined) => void): void {
  // Frames are measured as they come, so only the whole is left to look at.
  socket.on('message', (data: Buffer, isBinary) => {
    void connection.receive(isBinary ? data : data.toString('utf8'), 0).then(tell);
  });
  socket.on('ping', () => connection.touch());
  socket.on('pong', () => connection.touch());
  // The library closes the connection after an error.
  socket.on('error', () => undefined);
}

/** A client from the moment on that it is let in: what comes before the connection is made waits. */
class ClientSocket implements Socket {
  private socket?: WebSocket;
  private readonly waiting: ((socket: WebSocket) => void)[] = [];

  public send(text: string): void {
    this.run((socket) => socket.send(text));
  }

  public close(code: number, reason?: string): void {
    this.run((socket) => socket.close(code, reason));
  }

  public opened(socket: WebSocket): void {
    this.socket = socket;
    for (const action of this.waiting.splice(0)) action(socket);
  }

  private run(action: (socket: WebSocket) => void): void {
    if (this.socket) action(this.socket);
    else this.waiting.push(action);
  }
}

/** Whether the library will take the handshake: `$connect` only runs for those. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  const { upgrade, 'sec-websocket-key': key = '', 'sec-websocket-version': version } = headers;
  return (
    method === 'GET' &&
    upgrade?.toLowerCase() === 'websocket' &&
    /^[+/0-9A-Za-z]{22}==$/.test(key) &&
    (version === '13' || version === '8')
  );
}

const protocolOf = (headers: HeaderFields): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1];

const plain = (status: number): Answer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify({ message: STATUS_CODES[status] })),
});

/** Responds to a handshake with plain HTTP, and closes the connection. */
function refuse(stream: Duplex, { status, headers, body }: Answer): void {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${bytes.length}`,
    'Connection: close',
  ];
  stream.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]));
}
