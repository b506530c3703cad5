import { type WebSocketConnection } from '../../lib/serve/websocket/connection';
import { type IncomingRequest } from '../../lib/serve/exchange';
import { apisOf, requestOf } from './in-process';
import { type Received } from './judge';
import { type RecordedRequest, type Recording, targetOf } from './recording';
import { type Stubs } from './stubs';
import { type Tokens } from './tokens';

/** The ends of the clients of a recording, by the names that it has for them. */
class Client {
  public messages: string[] = [];
  public isClosed = false;
  public connection?: WebSocketConnection;
  /** What runs behind the connection when it is closed. */
  public leaving?: Promise<unknown>;

  public send(text: string): void {
    this.messages.push(text);
  }

  public close(code: number, reason?: string): void {
    this.isClosed = true;
    this.leaving = this.connection?.closed(code, reason);
  }
}

/** Takes the steps of a recording of a WebSocket API to a gateway in this process. */
export function inProcessSockets(
  recording: Recording,
  stubs: Stubs,
  tokens: Tokens,
): (request: RecordedRequest) => Promise<Received> {
  const [{ sockets, stages }] = apisOf(recording, stubs, tokens);
  const prefix = `/${stages[0]}`;
  const found = sockets?.(prefix);
  if (!found) throw new Error(`no WebSocket API with the stage ${stages[0]}`);
  const { gateway } = found;
  const clients = new Map<string, Client>();
  const idOf = (name: string): string => clients.get(name)?.connection?.id ?? '';
  stubs.post = async (id, text) => {
    const target = `${prefix}/@connections/${encodeURIComponent(id)}`;
    await gateway.manage({ ...{ method: 'POST', target, headers: [], body: Buffer.from(text) }, sourceIp: '' }, prefix);
  };
  return async (recorded) => {
    const before = new Set([...clients].filter(([, { isClosed }]) => isClosed).map(([name]) => name));
    for (const client of clients.values()) client.messages = [];
    const from = performance.now();
    const target = targetOf(recorded).replace(/\{connection:(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(idOf(name)),
    );
    const request = requestOf(recorded, target, tokens);
    const answer = await step(recorded, request);
    await Promise.all([...clients.values()].map(({ leaving }) => leaving));
    return {
      ...{ status: answer.status, headers: answer.headers, body: Buffer.from(answer.body as Uint8Array) },
      tookInMs: performance.now() - from,
      messages: clients.get(recorded.connection ?? '')?.messages ?? [],
      connectionMessages: Object.fromEntries([...clients].map(([name, { messages }]) => [name, messages])),
      closed: [...clients].filter(([name, { isClosed }]) => isClosed && !before.has(name)).map(([name]) => name),
      connections: Object.fromEntries([...clients.keys()].map((name) => [name, idOf(name)])),
    };
  };

  async function step(
    recorded: RecordedRequest,
    request: IncomingRequest,
  ): Promise<Pick<Received, 'status' | 'headers'> & { body: unknown }> {
    const name = recorded.connection ?? '';
    const done = { status: 0, headers: [], body: Buffer.alloc(0) };
    if (recorded.method === 'CONNECT') {
      const client = new Client();
      const handshake = await gateway.connect({ ...request, method: 'GET' }, prefix, client);
      traced(handshake.trace);
      if (handshake.kind === 'refused') return handshake.answer;
      client.connection = handshake.connection;
      clients.set(name, client);
      return { ...done, status: 101, headers: handshake.headers };
    }
    if (recorded.method === 'SEND') {
      traced(await clients.get(name)?.connection?.receive(Buffer.from(request.body).toString('utf8')));
      return done;
    }
    if (recorded.method === 'CLOSE') {
      const client = clients.get(name);
      if (client) client.isClosed = true;
      traced(await client?.connection?.closed(1000));
      return done;
    }
    const { answer, trace } = await gateway.manage(request, prefix);
    traced(trace);
    return answer;
  }
}

function traced(trace: unknown): void {
  if (process.env.TRACE) process.stdout.write(`${JSON.stringify(trace, null, 1)}\n`);
}
