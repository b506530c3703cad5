import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Trace } from '../../lib/serve/trace';
import { type Received } from './judge';
import { bytesOfBody, type RecordedRequest, type Recording, targetOf } from './recording';
import { SocketClients } from './socket-clients';
import { type Stubs } from './stubs';
import { type Tokens } from './tokens';

const COMMAND = join(__dirname, '..', '..', 'assets', 'cli', 'apigw.js');
const START_MS = 20_000;
const CALLED_MS = 500;

/** A recording that is played against the built command, with back ends that listen. */
export interface Session {
  readonly url: string;
  send(request: RecordedRequest): Promise<Received>;
  end(): Promise<void>;
}

/** Starts the back ends of a recording and `apigw serve` for its template. */
export async function startSession(recording: Recording, stubs: Stubs, tokens: Tokens): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const template = join(folder, 'template.json');
  writeFileSync(template, JSON.stringify(recording.template));
  const servers: http.Server[] = [];
  const listening = async (answer: http.RequestListener): Promise<string> => {
    const server = http.createServer(answer);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const options: string[] = [];
  for (const [name, { type, service }] of Object.entries(recording.backends)) {
    if (type === 'lambda') continue;
    const url = await listening((request, response) => void serverStub(name, stubs, tokens, request, response));
    options.push(...(type === 'aws' ? ['--endpoint-url', `${service}=${url}`] : ['--backend', `${name}=${url}`]));
  }
  const functions = await listening((request, response) => void functionStub(recording, stubs, request, response));
  options.push('--lambda-endpoint', functions);
  const trace = join(folder, 'trace.ndjson');
  options.push('--trace', trace);
  const args = [COMMAND, 'serve', template, '--port', '0', '--no-watch', '--no-page', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await urlOf(child);
  const clients = new SocketClients(
    url,
    stubs,
    () => lastConnection(trace),
    tokens,
    (request, target) => sent(url, request, target, tokens),
  );
  stubs.post = async (id, text) => {
    const [{ stage }] = recording.requests;
    const target = `/${stage}/@connections/${encodeURIComponent(id)}`;
    await sent(url, { method: 'POST', path: target, body: text, expect: {} }, target, tokens);
  };
  return {
    url,
    async send(request) {
      if (recording.kind === 'WEBSOCKET') return clients.send(request);
      const received = await sent(url, request, targetOf(request), tokens);
      await called(request, stubs);
      return received;
    },
    async end() {
      clients.end();
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await gone;
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`apigw serve did not start:\n${output}`));
    }, START_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const [, host] = /^ {2}(?:http|ws):\/\/(localhost:\d+)/m.exec(output) ?? [];
      if (host === undefined) return;
      clearTimeout(timer);
      resolve(`http://${host}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`apigw serve ended with ${code}:\n${output}`)));
  });
}

/** The connection that the trace speaks of last. */
function lastConnection(file: string): string | undefined {
  const traces = readFileSync(file, 'utf8').trim().split('\n');
  return (JSON.parse(traces[traces.length - 1]) as Trace).connectionId;
}

/** Waits for calls that the gateway does not wait for itself. */
async function called({ expect }: RecordedRequest, stubs: Stubs): Promise<void> {
  const until = performance.now() + CALLED_MS;
  const isMissing = (): boolean =>
    Object.keys(expect.backendEvent ?? {}).some((name) => stubs.calls(name).length === 0);
  while (isMissing() && performance.now() < until) await new Promise((done) => setTimeout(done, 5));
}

async function sent(url: string, request: RecordedRequest, target: string, tokens: Tokens): Promise<Received> {
  const { port } = new URL(url);
  const body = bytesOfBody(request.body);
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => [name, tokens.header(each)]),
  );
  const length = body.length > 0 ? ['Content-Length', String(body.length)] : [];
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const call = http.request({
      ...{ host: '127.0.0.1', port, method: request.method, path: target },
      headers: ['Host', `localhost:${port}`, ...headers, ...length] as never,
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          ...{ status: response.statusCode ?? 0, headers: paired(response.rawHeaders), body: Buffer.concat(chunks) },
          tookInMs: performance.now() - from,
        }),
      );
    });
    call.end(body);
  });
}

const paired = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2], raw[index * 2 + 1]]);

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function serverStub(
  name: string,
  stubs: Stubs,
  tokens: Tokens,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const target = request.url ?? '/';
  if (stubs.backend(name)?.type === 'issuer') {
    const base = `${name}/keys`;
    const json = target.includes('openid-configuration') ? { issuer: name, jwks_uri: base } : tokens.keySet;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    return;
  }
  const call = { method: request.method ?? 'GET', target, headers: paired(request.rawHeaders), body };
  const answer = await stubs.callServer(name, call);
  const fields = (answer?.headers ?? []).flatMap(([key, value]) => [key, value]);
  const content = answer?.body ?? Buffer.alloc(0);
  const isLong = answer?.headers.some(([key]) => key.toLowerCase() === 'content-length') ?? false;
  if (!isLong) fields.push('Content-Length', String(content.length));
  response.writeHead(answer?.status ?? 500, fields).end(content);
}

/** The Invoke API of Lambda. */
async function functionStub(
  recording: Recording,
  stubs: Stubs,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  const [, written = ''] = /\/functions\/([^/]+)\/invocations/.exec(request.url ?? '') ?? [];
  const name = functionId(recording, decodeURIComponent(written));
  const answer = await stubs.callFunction(name, JSON.parse(body.toString('utf8') || '{}'));
  if (!answer) response.writeHead(404).end('{}');
  else if ('error' in answer) {
    response.writeHead(200, { 'X-Amz-Function-Error': 'Unhandled' }).end(JSON.stringify(answer.error));
  } else response.writeHead(200).end(JSON.stringify(answer.payload) ?? 'null');
}

/** The logical id of a function, by that or by its name. */
export function functionId({ template }: Recording, name: string): string {
  const resources = (template.Resources ?? {}) as Record<
    string,
    { Type?: string; Properties?: { FunctionName?: unknown } }
  >;
  const named = Object.entries(resources).find(([, { Properties }]) => Properties?.FunctionName === name);
  return named?.[0] ?? name;
}
