import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type IncomingRequest } from '../../../lib/serve/exchange';
import { createApiServer, endServer } from '../../../runtime/serve/server';

const running: Server[] = [];
afterEach(() =>
  running.splice(0).forEach((server) => {
    server.closeAllConnections();
    server.close();
  }),
);

type Handle = (request: IncomingRequest) => Answer | Promise<Answer>;

const echo: Handle = ({ method, target, body }) => ({
  status: 200,
  headers: [['X-Said', `${method} ${target}`]],
  body: Buffer.from(`${body.length}:${Buffer.from(body).toString('latin1').slice(0, 100)}`),
});

async function served(handle: Handle = echo): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createApiServer(async (request) => handle(request));
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A connection, and what came back over it so far. */
class Wire {
  public text = '';
  public readonly ended: Promise<unknown>;

  private constructor(public readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (chunk: string) => (this.text += chunk));
    socket.on('error', () => undefined);
    this.ended = new Promise((done) => void socket.on('close', done));
  }

  public static async to({ port }: { readonly port: number }): Promise<Wire> {
    const wire = new Wire(connect(port, '127.0.0.1'));
    await once(wire.socket, 'connect');
    return wire;
  }

  public send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  public async until(wanted: RegExp): Promise<string> {
    for (let tries = 0; !wanted.test(this.text); tries++) {
      if (tries > 1000) throw new Error(`${wanted.source} does not come; there is ${this.text.slice(0, 500)}`);
      await sleep(5);
    }
    return this.text;
  }
}

const GET = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';

test('a body may come slowly, and in chunks', async () => {
  const wire = await Wire.to(await served());
  for (const part of ['POST /a HT', 'TP/1.1\r\nHost: x\r\nContent-', 'Length: 4\r\n\r\n', 'a', 'b', 'c', 'd']) {
    wire.send(part);
    await sleep(10);
  }
  expect(await wire.until(/4:abcd$/)).toContain('X-Said: POST /a');
  wire.send('PUT /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n');
  await wire.until(/3:abc$/);
});

test('requests in one packet are answered in their order, over one connection', async () => {
  const slowFirst: Handle = async (request) => {
    if (request.target === '/0') await sleep(50);
    return echo(request);
  };
  const wire = await Wire.to(await served(slowFirst));
  wire.send([0, 1, 2].map((at) => `GET /${at} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
  const text = await wire.until(/GET \/2[^]*0:$/);
  expect([...text.matchAll(/X-Said: GET (\/\d)/g)].map(([, target]) => target)).toEqual(['/0', '/1', '/2']);
});

test('a client that expects to be told to continue is', async () => {
  const wire = await Wire.to(await served());
  wire.send('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
  await wire.until(/^HTTP\/1\.1 100 Continue/);
  wire.send('ok');
  await wire.until(/HTTP\/1\.1 200 OK[^]*2:ok$/);
});

test.each([
  ['two lengths', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  [
    'a length and chunks',
    'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['chunks that are not last', 'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n', 400],
  ['a space before the colon', 'GET /a HTTP/1.1\r\nHost : x\r\n\r\n', 400],
  ['a line of its own', 'GET /a HTTP/1.1\r\nHost: x\r\nX: a\r\n b\rc\r\n\r\n', 400],
  [
    'a size of a chunk that is none',
    'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n',
    400,
  ],
  ['headers of 40 KB', `GET /a HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
])('%s: refused, and the connection is closed', async (_, text, status) => {
  const gateway = await served();
  const wire = await Wire.to(gateway);
  wire.send(text);
  await wire.until(/^HTTP\/1\.1 \d{3} /);
  expect(wire.text).toMatch(new RegExp(`HTTP/1\\.1 ${status} `));
  await wire.ended;
  // The gateway goes on.
  await (await Wire.to(gateway)).send(GET).until(/^HTTP\/1\.1 200 OK/);
});

test('clients that go away in the middle of anything take nothing with them', async () => {
  let asked = 0;
  const gateway = await served(async (request) => {
    asked++;
    await sleep(20);
    return echo(request);
  });
  for (const text of ['GET /a HT', 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc', GET]) {
    const wire = (await Wire.to(gateway)).send(text);
    await sleep(10);
    wire.socket.destroy();
  }
  await sleep(50);
  // Only the last was a whole request.
  expect(asked).toBe(1);
  await (await Wire.to(gateway)).send(GET).until(/^HTTP\/1\.1 200 OK/);
});

test('what a server cannot send is an internal error', async () => {
  for (const headers of [[['a b', 'x']], [['', 'x']]] as const) {
    const gateway = await served(() => ({ status: 200, headers, body: Buffer.from('x') }));
    const text = await (await Wire.to(gateway)).send(GET).until(/Internal server error/);
    expect(text).toMatch(/^HTTP\/1\.1 500 /);
  }
});

test('an answer that breaks off is cut, not ended', async () => {
  const gateway = await served(() => ({
    ...{ status: 200, headers: [] },
    body: (async function* () {
      yield Buffer.from('first');
      throw new Error('the back end is gone');
    })(),
  }));
  const wire = (await Wire.to(gateway)).send(GET);
  await wire.ended;
  expect(wire.text).not.toMatch(/\r\n0\r\n\r\n$/);
});

test('a long stream goes at the pace of the client: the memory stays level, and no listener is left', async () => {
  const [chunk, count] = [Buffer.alloc(1024 * 1024), 500];
  let made = 0;
  const warnings: Error[] = [];
  const warned = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warned);
  const gateway = await served(() => ({
    ...{ status: 200, headers: [] },
    body: (async function* () {
      for (; made < count; made++) yield chunk;
    })(),
  }));
  const socket = connect(gateway.port, '127.0.0.1');
  let read = 0;
  let most = 0;
  const before = process.memoryUsage().rss;
  socket.on('data', (part) => {
    read += part.length;
    most = Math.max(most, process.memoryUsage().rss - before);
  });
  socket.write('GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(socket, 'connect');
  socket.pause();
  await sleep(100);
  const ahead = made;
  socket.resume();
  await once(socket, 'close');
  process.off('warning', warned);
  expect(read).toBeGreaterThan(count * chunk.length);
  // While nobody reads, no more is made than fits into the buffers of the sockets.
  expect(ahead).toBeLessThan(50);
  expect(most).toBeLessThan(150 * 1024 * 1024);
  expect(warnings).toEqual([]);
}, 60_000);

test('a client that goes away ends the stream of its answer', async () => {
  let ended = false;
  const gateway = await served(() => ({
    ...{ status: 200, headers: [] },
    body: (async function* () {
      try {
        for (;;) {
          yield Buffer.alloc(65_536);
          await sleep(1);
        }
      } finally {
        ended = true;
      }
    })(),
  }));
  const wire = (await Wire.to(gateway)).send(GET);
  await wire.until(/200 OK/);
  wire.socket.destroy();
  for (let tries = 0; !ended && tries < 500; tries++) await sleep(5);
  expect(ended).toBe(true);
});

describe('the end of a server', () => {
  test('waits for requests that run, and for no idle connection', async () => {
    const gateway = await served(async (request) => {
      await sleep(150);
      return echo(request);
    });
    const idle = (await Wire.to(gateway)).send(GET);
    await idle.until(/0:$/);
    const busy = (await Wire.to(gateway)).send('GET /busy HTTP/1.1\r\nHost: x\r\n\r\n');
    await sleep(50);
    const from = performance.now();
    await endServer(gateway.server, 10_000);
    await busy.until(/GET \/busy[^]*0:$/);
    expect(performance.now() - from).toBeLessThan(4000);
    await expect(Wire.to(gateway)).rejects.toThrow('ECONNREFUSED');
  });

  test('cuts those that take too long', async () => {
    const gateway = await served(() => new Promise(() => undefined));
    const wire = (await Wire.to(gateway)).send(GET);
    await sleep(20);
    await endServer(gateway.server, 50);
    await wire.ended;
  });
});
