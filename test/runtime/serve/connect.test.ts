import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { serve } from '../../../runtime/serve/library';
import { type FunctionStub, type LocalServer } from '../../../runtime/serve/types';
import { functionUri } from '../../serve/websocket/support';
import { ref, resource } from '../../template/source-of';

const folder = mkdtempSync(join(tmpdir(), 'connect-'));
const running: LocalServer[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((each) => each.close()))));
afterAll(() => rmSync(folder, { recursive: true }));

const v2 = (type: string, properties: object): object =>
  resource(`AWS::ApiGatewayV2::${type}`, { ApiId: ref('Api'), ...properties });

/** A chat with a function behind each route. */
function chat(
  functions: Readonly<Record<string, FunctionStub | undefined>> = {},
  now = (): number => Date.now(),
  echo: object = {},
): LocalServer {
  const routes = { $connect: 'In', $disconnect: 'Out', $default: 'Echo' };
  const resources = Object.entries(routes).flatMap(([key, fn]) => [
    [`${fn}Integration`, v2('Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: functionUri(fn) })],
    [
      `${fn}Route`,
      v2('Route', {
        ...{ RouteKey: key, Target: { 'Fn::Sub': `integrations/\${${fn}Integration}` } },
        ...(key === '$default' ? { RouteResponseSelectionExpression: '$default' } : {}),
      }),
    ],
    [
      fn,
      resource('AWS::Lambda::Function', { FunctionName: fn, Code: { ZipFile: '' }, ...(fn === 'Echo' ? echo : {}) }),
    ],
  ]);
  const template = join(folder, `${running.length}.json`);
  writeFileSync(
    template,
    JSON.stringify({
      Resources: {
        Api: resource('AWS::ApiGatewayV2::Api', {
          ...{ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
        }),
        Stage: v2('Stage', { StageName: 'prod' }),
        Answer: v2('RouteResponse', { RouteId: ref('EchoRoute'), RouteResponseKey: '$default' }),
        ...Object.fromEntries(resources),
      },
    }),
  );
  const ok = (): object => ({ statusCode: 200 });
  const all = { In: ok, Out: ok, Echo: ({ body }: { body: string }) => ({ statusCode: 200, body }), ...functions };
  const stubs = Object.fromEntries(Object.entries(all).filter(([, stub]) => stub !== undefined));
  const server = serve({ from: template, functions: stubs as never, clock: { now } });
  running.push(server);
  return server;
}

test('a client connects, is answered, and leaves', async () => {
  const [In, Out] = [jest.fn(() => ({ statusCode: 200 })), jest.fn(() => ({ statusCode: 200 }))];
  const client = await chat({ In, Out }).connect('/?room=a', { headers: { Own: 'x' }, query: { of: ['1', '2'] } });
  expect([client.refused, client.trace.step('route')?.note, client.trace.status]).toEqual([undefined, '$connect', 101]);
  const [event] = In.mock.calls[0] as unknown as [object];
  expect(event).toMatchObject({
    headers: { Own: 'x', Host: 'localhost', 'Sec-WebSocket-Version': '13' },
    multiValueQueryStringParameters: { room: ['a'], of: ['1', '2'] },
    requestContext: { connectionId: client.id },
  });
  const trace = await client.send({ action: 'x' });
  expect(trace?.route).toBe('$default');
  expect(await client.next()).toEqual({ text: '{"action":"x"}', json: { action: 'x' } });
  const closed = await client.close(1001, 'bye');
  expect(closed).toMatchObject({ code: 1001, reason: 'bye', trace: { method: 'DISCONNECT', status: 200 } });
  expect(await client.closed).toBe(closed);
  expect(await client.close()).toBe(closed);
  expect(Out).toHaveBeenCalledTimes(1);
  await expect(client.send('late')).rejects.toThrow('The connection is closed, so nothing can be sent.');
  await expect(client.next()).rejects.toThrow('The connection is closed, and no message is left.');
});

test('a client that is not let in has the answer, and nothing else', async () => {
  const client = await chat({ In: () => ({ statusCode: 401 }) }).connect();
  expect(client.refused).toMatchObject({ status: 401, headers: expect.any(Array) });
  expect([client.trace.status, client.trace.step('route')?.note]).toEqual([401, '$connect']);
  await expect(client.send('x')).rejects.toThrow('The client was not let in: 401');
  expect(() => client.next()).toThrow('The client was not let in: 401');
  const below = await chat().connect('/room');
  expect(below.refused).toMatchObject({ status: 403, json: { message: 'Forbidden' } });
});

test('a message is waited for, and what waits ends with the connection', async () => {
  const client = await chat().connect();
  const next = client.next();
  await client.send('text');
  expect(await next).toEqual({ text: 'text', json: undefined });
  await expect(client.next(10)).rejects.toThrow('No message came within 10 ms.');
  const last = client.next();
  await client.close();
  await expect(last).rejects.toThrow('no message is left');
});

test('back ends post to a client and close it', async () => {
  const server = chat();
  const client = await server.connect();
  const path = `/@connections/${encodeURIComponent(client.id)}`;
  expect((await server.request(`POST ${path}`, { body: { n: 1 } })).status).toBe(200);
  expect((await client.next()).json).toEqual({ n: 1 });
  expect((await server.request(`DELETE ${path}`)).status).toBe(204);
  expect(await client.closed).toMatchObject({ code: 1000, trace: { method: 'DISCONNECT' } });
  expect((await server.request(`GET ${path}`)).status).toBe(410);
});

test('bytes end a connection, and so does time', async () => {
  let now = Date.UTC(2026, 10, 30);
  const server = chat({}, () => now);
  const [bytes, idle] = [await server.connect(), await server.connect()];
  expect(await bytes.send(new Uint8Array([1]))).toBeUndefined();
  expect(await bytes.closed).toMatchObject({ code: 1003 });
  now += 10 * 60_000;
  expect(await idle.closed).toMatchObject({ code: 1001, reason: 'Going away' });
});

test('a client offers subprotocols, and gets the one that $connect chooses', async () => {
  const In = ({ headers }: { headers: Record<string, string> }): object => ({
    statusCode: 200,
    headers: { 'Sec-WebSocket-Protocol': headers['Sec-WebSocket-Protocol'].split(', ')[1] },
  });
  expect((await chat({ In: In as never }).connect('/', { protocols: ['a', 'b'] })).protocol).toBe('b');
});

test('clients with sockets connect where the library listens', async () => {
  const server = chat();
  const url = (await server.listen()).replace('http', 'ws');
  const socket = new WebSocket(`${url}/prod`);
  await new Promise((resolve) => socket.on('open', resolve));
  const answer = new Promise((resolve) => socket.on('message', (data: Buffer) => resolve(data.toString('utf8'))));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.send('hello');
  expect(await answer).toBe('hello');
  await server.close();
  expect(await closed).toBe(1001);
});

test('a function posts to a client by the URL in its variables, where the library listens', async () => {
  const code = `exports.handler = async ({ body, requestContext: { connectionId } }) => {
    const url = process.env.CALLBACK_URL + '/@connections/' + encodeURIComponent(connectionId);
    const { status } = await fetch(url, { method: 'POST', body: 'posted ' + body });
    return { statusCode: 200, body: String(status) };
  };`;
  const server = chat({ Echo: undefined }, undefined, {
    ...{ Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: code } },
    Environment: {
      Variables: { CALLBACK_URL: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod' } },
    },
  });
  await server.listen();
  const client = await server.connect();
  await client.send('x');
  expect([(await client.next()).text, (await client.next()).text]).toEqual(['posted x', '200']);
});
