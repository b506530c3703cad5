import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { type JsonObject } from '../../../lib/serve/json';
import { type Trace } from '../../../lib/serve/trace';
import { incomingOf } from '../../../runtime/serve/incoming';
import { attachSockets } from '../../../runtime/serve/sockets';
import { type ApiUnderTest, TestApi } from '../../serve/websocket/support';

const running: (() => void)[] = [];
afterEach(() => running.splice(0).forEach((stop) => stop()));

interface Running {
  readonly api: TestApi;
  readonly port: number;
  readonly traces: Trace[];
  readonly sockets: { close(): void };
  open(options?: { protocols?: string[]; path?: string; headers?: Record<string, string> }): Client;
}

/** A real server with the API under test, at `/prod`. */
async function served(test: Partial<ApiUnderTest> = {}): Promise<Running> {
  const api = new TestApi({
    routes: { $connect: { to: 'In' }, $default: { to: 'Echo', twoWay: true }, $disconnect: { to: 'Out' } },
    functions: {
      In: () => ({ statusCode: 200 }),
      Echo: ({ body }) => ({ statusCode: 200, body }),
      Out: () => ({ statusCode: 200 }),
    },
    ...test,
  });
  const server: Server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { answer } = await api.gateway.manage(incomingOf(request, Buffer.concat(chunks)), '/prod');
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
    })();
  });
  const traces: Trace[] = [];
  const gatewayOf = ({ url = '' }: IncomingMessage) =>
    url.startsWith('/prod') ? { gateway: api.gateway, prefix: '/prod' } : undefined;
  const sockets = attachSockets(server, { gatewayOf, onTrace: (trace) => traces.push(trace), expiryEveryMs: 10 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  running.push(() => {
    sockets.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    ...{ api, port, traces, sockets },
    open: ({ protocols = [], path = '/prod', headers = {} } = {}) => {
      const client = new Client(`ws://127.0.0.1:${port}${path}`, protocols, headers);
      running.push(() => client.socket.terminate());
      return client;
    },
  };
}

/** A client of the `ws` library. */
class Client {
  public readonly socket: WebSocket;
  public readonly messages: string[] = [];
  public readonly opened: Promise<unknown>;
  public readonly closed: Promise<{ code: number; reason: string }>;
  public readonly refused: Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }>;

  constructor(url: string, protocols: string[], headers: Record<string, string>) {
    this.socket = new WebSocket(url, protocols, { headers });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.messages.push((data as Buffer).toString('utf8')));
    this.opened = new Promise((resolve) => this.socket.on('open', resolve));
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') })),
    );
    this.refused = new Promise((resolve) =>
      this.socket.on('unexpected-response', (_, response: IncomingMessage) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
      }),
    );
  }

  public async message(): Promise<string> {
    await until(() => this.messages.length > 0);
    return this.messages.shift() as string;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 5 s');
    await new Promise((done) => setTimeout(done, 5));
  }
}

const idOf = (api: TestApi): string => [...api.gateway.connections.keys()][0];

describe('a client of a server', () => {
  test('connects, is answered, and leaves', async () => {
    const { api, open, traces } = await served();
    const client = open({ path: '/prod?room=a', headers: { Own: 'x' } });
    await client.opened;
    expect(api.eventOf('In')).toMatchObject({ queryStringParameters: { room: 'a' }, headers: { Own: 'x' } });
    client.socket.send('héllo');
    expect(await client.message()).toBe('héllo');
    client.socket.close(1001, 'bye');
    await until(() => api.countOf('Out') === 1);
    expect(api.eventOf('Out').requestContext).toMatchObject({ disconnectStatusCode: 1001, disconnectReason: 'bye' });
    await until(() => traces.length === 3);
    expect(traces.map(({ method, status }) => [method, status])).toEqual([
      ['CONNECT', 101],
      ['MESSAGE', 200],
      ['DISCONNECT', 200],
    ]);
  });

  test('is announced with 1005 without a code, and with 1006 if it just goes', async () => {
    const { api, open } = await served();
    const [first, second] = [open(), open()];
    await Promise.all([first.opened, second.opened]);
    first.socket.close();
    await until(() => api.countOf('Out') === 1);
    expect(api.eventOf('Out').requestContext).toMatchObject({ disconnectStatusCode: 1005 });
    second.socket.terminate();
    await until(() => api.countOf('Out') === 2);
    expect(api.eventOf('Out').requestContext).toMatchObject({ disconnectStatusCode: 1006 });
  });

  test('is refused by plain HTTP', async () => {
    const { api, open } = await served({ functions: { In: () => ({ statusCode: 401 }) } });
    expect(await open().refused).toMatchObject({ status: 401 });
    const below = await open({ path: '/prod/room' }).refused;
    expect(below).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' } });
    expect(JSON.parse(below.body)).toMatchObject({ message: 'Forbidden' });
    expect(await open({ path: '/other' }).refused).toMatchObject({ status: 403 });
    expect([api.countOf('In'), api.gateway.connections.size]).toEqual([1, 0]);
  });

  test('gets the subprotocol of the function', async () => {
    const headers = { 'Sec-WebSocket-Protocol': 'two' };
    const { open } = await served({ functions: { In: () => ({ statusCode: 200, headers }) } });
    const client = open({ protocols: ['one', 'two'] });
    await client.opened;
    expect(client.socket.protocol).toBe('two');
  });

  test('gets none if the function chooses none', async () => {
    const { open } = await served();
    const client = open({ protocols: ['one'] });
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  test('that goes while it is let in is announced', async () => {
    let letIn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (letIn = resolve));
    const In = async (): Promise<object> => {
      await waiting;
      return { statusCode: 200 };
    };
    const { api, open } = await served({ functions: { In, Out: () => ({ statusCode: 200 }) } });
    const client = open();
    await until(() => api.countOf('In') === 1);
    client.socket.terminate();
    await new Promise((done) => setTimeout(done, 50));
    letIn();
    await until(() => api.countOf('Out') === 1);
    expect(api.gateway.connections.size).toBe(0);
  });

  test('gets what is posted before the handshake has reached it', async () => {
    const { api, open } = await served();
    const client = open();
    await until(() => api.gateway.connections.size === 1);
    api.gateway.connections.get(idOf(api))?.send('first');
    expect(await client.message()).toBe('first');
  });

  test.each<[string, (socket: WebSocket) => void, number]>([
    ['bytes', (socket) => socket.send(Buffer.from([1, 2])), 1003],
    ['a frame of more than 32 KB', (socket) => socket.send('a'.repeat(32 * 1024 + 1)), 1009],
    ['a frame of more than 64 KB', (socket) => socket.send('a'.repeat(70_000)), 1009],
    ['a frame of more than 128 KB', (socket) => socket.send('a'.repeat(200_000)), 1009],
    ['a message of more than 128 KB in frames', (socket) => fragments(socket, 5), 1009],
  ])('that sends %s is closed', async (_, act, code) => {
    const { api, open } = await served();
    const client = open();
    await client.opened;
    act(client.socket);
    expect(await client.closed).toMatchObject({ code });
    await until(() => api.countOf('Out') === 1);
    expect(api.countOf('Echo')).toBe(0);
  });

  test('may send 128 KB in frames', async () => {
    const { open } = await served();
    const client = open();
    await client.opened;
    fragments(client.socket, 4);
    expect(await client.message()).toHaveLength(128 * 1024);
  });

  test('is closed when it was idle for too long, and a ping keeps it', async () => {
    const { api, open } = await served();
    const client = open();
    await client.opened;
    api.now += 9 * 60_000;
    client.socket.ping();
    await once(client.socket, 'pong');
    api.now += 9 * 60_000;
    await new Promise((done) => setTimeout(done, 50));
    expect(api.gateway.connections.size).toBe(1);
    api.now += 60_000;
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  test('is closed with the server', async () => {
    const { open, sockets } = await served();
    const client = open();
    await client.opened;
    sockets.close();
    expect(await client.closed).toMatchObject({ code: 1001 });
  });
});

/** A message of frames of 32 KB. */
function fragments(socket: WebSocket, count: number): void {
  for (let each = 1; each <= count; each++) socket.send('a'.repeat(32 * 1024), { fin: each === count });
}

describe('a request for a handshake', () => {
  const asking = (port: number, lines: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
  const good = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];

  test.each<[string, readonly string[]]>([
    ['without a key', ['GET /prod HTTP/1.1', ...good]],
    ['with another method', ['POST /prod HTTP/1.1', ...good, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']],
    ['for something else', ['GET /prod HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c']],
  ])('%s is refused before $connect', async (_, lines) => {
    const { api, port } = await served();
    expect(await asking(port, lines)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(api.countOf('In')).toBe(0);
  });
});

describe('the SDK', () => {
  const clientOf = ({ port }: Running): ApiGatewayManagementApiClient => {
    const client = new ApiGatewayManagementApiClient({
      ...{ endpoint: `http://127.0.0.1:${port}/prod`, region: 'eu-west-1', maxAttempts: 1 },
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    });
    running.push(() => client.destroy());
    return client;
  };

  test('posts to a client, asks for it, and closes it', async () => {
    const server = await served();
    const [sdk, client] = [clientOf(server), server.open({ headers: { 'User-Agent': 'cli' } })];
    await client.opened;
    const ConnectionId = idOf(server.api);
    await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'pushed' }));
    expect(await client.message()).toBe('pushed');
    expect(await sdk.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
      ConnectedAt: new Date(server.api.now),
      LastActiveAt: new Date(server.api.now),
      Identity: { SourceIp: '127.0.0.1', UserAgent: 'cli' },
    });
    await sdk.send(new DeleteConnectionCommand({ ConnectionId }));
    expect(await client.closed).toMatchObject({ code: 1000 });
    await until(() => server.api.countOf('Out') === 1);
    for (const command of [PostToConnectionCommand, GetConnectionCommand, DeleteConnectionCommand]) {
      const gone = sdk.send(new command({ ConnectionId, Data: 'late' }) as PostToConnectionCommand);
      await expect(gone).rejects.toBeInstanceOf(GoneException);
    }
  });

  test('is told of what is too large', async () => {
    const server = await served();
    await server.open().opened;
    const Data = 'a'.repeat(128 * 1024 + 1);
    const sent = clientOf(server).send(new PostToConnectionCommand({ ConnectionId: idOf(server.api), Data }));
    await expect(sent).rejects.toBeInstanceOf(PayloadTooLargeException);
  });

  test('posts from the function that a message has called, before the answer', async () => {
    const Echo = async ({ requestContext }: JsonObject): Promise<object> => {
      const { connectionId } = requestContext as { connectionId: string };
      await clientOf(server).send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'first' }));
      return { statusCode: 200, body: 'second' };
    };
    const server: Running = await served({ functions: { In: () => ({ statusCode: 200 }), Echo } });
    const client = server.open();
    await client.opened;
    client.socket.send('x');
    expect([await client.message(), await client.message()]).toEqual(['first', 'second']);
  });
});
