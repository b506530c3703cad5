import { WebSocket } from 'ws';
import { type Received } from './judge';
import { bytesOfBody, type RecordedRequest, targetOf } from './recording';
import { type Stubs } from './stubs';
import { type Tokens } from './tokens';

/** How long to wait for messages that may still come. */
const QUIET_MS = 150;
const LATEST_MS = 3000;

interface Client {
  readonly socket: WebSocket;
  id: string;
  messages: string[];
  isClosed: boolean;
}

/** Takes the steps of a recording of a WebSocket API to a server. */
export class SocketClients {
  private readonly clients = new Map<string, Client>();

  constructor(
    private readonly url: string,
    private readonly stubs: Stubs,
    /** The id of the connection that was made last. */
    private readonly lastConnection: () => string | undefined,
    private readonly tokens: Tokens,
    private readonly http: (request: RecordedRequest, target: string) => Promise<Received>,
  ) {}

  public async send(request: RecordedRequest): Promise<Received> {
    const closedBefore = new Set([...this.clients].filter(([, { isClosed }]) => isClosed).map(([name]) => name));
    for (const client of this.clients.values()) client.messages = [];
    const from = performance.now();
    const answer = await this.step(request);
    await this.settled(request);
    const { clients } = this;
    return {
      ...answer,
      tookInMs: performance.now() - from,
      messages: clients.get(request.connection ?? '')?.messages ?? [],
      connectionMessages: Object.fromEntries([...clients].map(([name, { messages }]) => [name, messages])),
      closed: [...clients].filter(([name, { isClosed }]) => isClosed && !closedBefore.has(name)).map(([name]) => name),
      connections: Object.fromEntries([...clients].map(([name, { id }]) => [name, id])),
    };
  }

  public end(): void {
    for (const { socket } of this.clients.values()) socket.terminate();
  }

  private async step(request: RecordedRequest): Promise<Omit<Received, 'tookInMs'>> {
    const done = { status: 0, headers: [], body: Buffer.alloc(0) };
    const client = this.clients.get(request.connection ?? '');
    if (request.method === 'CONNECT') return this.connect(request);
    if (request.method === 'SEND') client?.socket.send(bytesOfBody(request.body).toString('utf8'));
    else if (request.method === 'CLOSE') {
      if (client) client.isClosed = true;
      client?.socket.close(1000);
    } else {
      const target = targetOf(request).replace(/\{connection:(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(this.clients.get(name)?.id ?? ''),
      );
      return this.http(request, target);
    }
    return done;
  }

  private async connect(request: RecordedRequest): Promise<Omit<Received, 'tookInMs'>> {
    const headers = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name, this.tokens.header(value)]),
    );
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}${targetOf(request)}`, { headers });
    const client: Client = { socket, id: '', messages: [], isClosed: false };
    socket.on('message', (data: Buffer) => client.messages.push(data.toString('utf8')));
    socket.on('close', () => (client.isClosed = true));
    socket.on('error', () => undefined);
    return new Promise((resolve) => {
      socket.on('upgrade', () => undefined);
      socket.on('open', () => {
        client.id = this.lastConnection() ?? '';
        this.clients.set(request.connection ?? '', client);
        resolve({ status: 101, headers: [], body: Buffer.alloc(0) });
      });
      socket.on('unexpected-response', (_, response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const headersOfIt = Object.entries(response.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          resolve({ status: response.statusCode ?? 0, headers: headersOfIt, body: Buffer.concat(chunks) });
        });
      });
    });
  }

  /** Waits until what is expected has come, or nothing more comes. */
  private async settled({ expect, connection = '' }: RecordedRequest): Promise<void> {
    const wanted = [
      ...(expect.messages ? [[connection, expect.messages.length] as const] : []),
      ...Object.entries(expect.connectionMessages ?? {}).map(([name, all]) => [name, all.length] as const),
    ];
    const isThere = (): boolean =>
      wanted.every(([name, count]) => (this.clients.get(name)?.messages.length ?? 0) >= count) &&
      (expect.closed ?? []).every((name) => this.clients.get(name)?.isClosed) &&
      Object.keys(expect.backendEvent ?? {}).every((name) => this.stubs.calls(name).length > 0) &&
      Object.entries(expect.backendCalls ?? {}).every(([name, count]) => this.stubs.calls(name).length >= count);
    const until = performance.now() + LATEST_MS;
    while (!isThere() && performance.now() < until) await wait(10);
    await wait(QUIET_MS);
  }
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
