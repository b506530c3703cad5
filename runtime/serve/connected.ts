import { headerOf, type HeaderFields, type IncomingRequest, whole } from '../../lib/serve/exchange';
import { parsedJson } from '../../lib/serve/json';
import { type Trace } from '../../lib/serve/trace';
import { type Socket, type WebSocketConnection } from '../../lib/serve/websocket/connection';
import { type Arrival } from '../../lib/serve/mapped';
import { type WebSocketGateway } from '../../lib/serve/websocket/gateway';
import { traced } from './traced';
import { type Closed, type Connection, type ConnectionMessage, type Refused, type RequestTrace } from './types';

const WAIT_MS = 5000;

/** Connects a client without a socket. */
export async function connected(
  { gateway, prefix, mapped }: { readonly gateway: WebSocketGateway } & Arrival,
  request: IncomingRequest,
): Promise<Connection> {
  const client = new Client();
  const handshake = await gateway.connect(request, prefix, client.socket, mapped);
  if (handshake.kind === 'open') return client.opened(handshake.connection, handshake.headers, handshake.trace);
  const { status, headers, body } = handshake.answer;
  const text = Buffer.from(await whole(body)).toString('utf8');
  return client.shutOut({ status, headers, text, json: parsedJson(text) }, handshake.trace);
}

interface Waiting {
  readonly resolve: (message: ConnectionMessage) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** A client from the moment on that it asks to be let in: back ends may send to it before it knows that it is. */
class Client implements Connection {
  public refused?: Refused;
  public protocol?: string;
  /** The end of the gateway. */
  public readonly socket: Socket = {
    send: (text) => this.received(text),
    close: (code, reason) => void this.close(code, reason),
  };
  private handshake!: RequestTrace;
  private connection?: WebSocketConnection;
  private readonly messages: ConnectionMessage[] = [];
  private readonly waiting: Waiting[] = [];
  private end?: Promise<Closed>;
  private ended!: (closed: Closed | Promise<Closed>) => void;
  private readonly ending = new Promise<Closed>((resolve) => (this.ended = resolve));

  public opened(connection: WebSocketConnection, headers: HeaderFields, trace: Trace): this {
    this.connection = connection;
    this.protocol = headerOf(headers, 'sec-websocket-protocol');
    this.handshake = traced(trace);
    return this;
  }

  public shutOut(refused: Refused, trace: Trace): this {
    this.refused = refused;
    this.handshake = traced(trace);
    return this;
  }

  public get trace(): RequestTrace {
    return this.handshake;
  }

  public get id(): string {
    return this.open.id;
  }

  public get closed(): Promise<Closed> {
    this.open.expire();
    return this.ending;
  }

  public async send(message: unknown): Promise<RequestTrace | undefined> {
    const { open } = this;
    open.expire();
    if (this.end) throw new Error('The connection is closed, so nothing can be sent.');
    const isPlain = typeof message === 'string' || message instanceof Uint8Array;
    const trace = await open.receive(isPlain ? message : JSON.stringify(message));
    return trace && traced(trace);
  }

  public next(waitMs = WAIT_MS): Promise<ConnectionMessage> {
    this.open.expire();
    const message = this.messages.shift();
    if (message) return Promise.resolve(message);
    if (this.end) return Promise.reject(new Error(NO_MORE));
    return new Promise((resolve, reject) => {
      const late = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(new Error(`No message came within ${waitMs} ms.`));
      };
      const waiting: Waiting = { resolve, reject, timer: setTimeout(late, waitMs) };
      this.waiting.push(waiting);
    });
  }

  /** By either side: without a network both know it at once. */
  public close(code = 1005, reason = ''): Promise<Closed> {
    if (!this.end) {
      const closed = async (): Promise<Closed> => {
        const trace = await this.connection?.closed(code, reason);
        return { code, reason, ...(trace ? { trace: traced(trace) } : {}) };
      };
      this.end = closed();
      this.ended(this.end);
      for (const { reject, timer } of this.waiting.splice(0)) {
        clearTimeout(timer);
        reject(new Error(NO_MORE));
      }
    }
    return this.end;
  }

  private received(text: string): void {
    const message = { text, json: parsedJson(text) };
    const waiting = this.waiting.shift();
    if (!waiting) return void this.messages.push(message);
    clearTimeout(waiting.timer);
    waiting.resolve(message);
  }

  private get open(): WebSocketConnection {
    if (this.connection) return this.connection;
    const { status, text } = this.refused ?? { status: 0, text: '' };
    throw new Error(`The client was not let in: ${status} ${text}`);
  }
}

const NO_MORE = 'The connection is closed, and no message is left.';
