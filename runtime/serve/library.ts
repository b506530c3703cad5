import { type AddressInfo, type Server } from 'node:net';
import { readAssembly } from '../../lib/template/reader/assembly';
import { type TemplateSource } from '../../lib/template/reader/source';
import { headerOf, type HeaderFields, type IncomingRequest, whole } from '../../lib/serve/exchange';
import { type JsonObject, parsedJson } from '../../lib/serve/json';
import { type LocalApi } from '../../lib/serve/local-api';
import { readSources } from '../cli/sources';
import { claimsOf } from './access';
import { connected } from './connected';
import { incomingOf } from './incoming';
import { LocalGateway } from './local-gateway';
import { createApiServer } from './server';
import { attachSockets } from './sockets';
import { traced } from './traced';
import {
  type ClientOptions,
  type Connection,
  type ConnectOptions,
  type LocalServer,
  type Reply,
  type RequestOptions,
  type Serve,
  type ServeOptions,
  type Synthesizable,
} from './types';

export const serve: Serve = (options) => new Library(options);

class Library implements LocalServer {
  private readonly gateway: LocalGateway;
  private server?: Server;
  private sockets?: { close(): void };

  constructor(private readonly options: ServeOptions) {
    const { functions, backends, clock, random, parameters, envVars } = options;
    this.gateway = new LocalGateway({
      opensDisabledEndpoints: true,
      ...{ read: () => sourcesOf(options.from), functions, backends, random, parameters, envVars, issuer: true },
      ...(clock ? { now: () => clock.now() } : {}),
    });
    // Wrong names are reported before the first request.
    this.stageOf(this.api(), options.stage);
  }

  /** Sends a request through the gateway, without a socket. @param route `GET /orders?limit=1` */
  public async request(route: string, request: RequestOptions = {}): Promise<Reply> {
    const api = this.api();
    const [, method, path] = /^([A-Z]+) (\/.*)$/s.exec(route) ?? [];
    if (path === undefined)
      throw new Error(`${JSON.stringify(route)} is not a request; write for example "GET /orders".`);
    const stage = this.stageOf(api, request.stage ?? this.options.stage);
    const { bytes, type } = bodyOf(request.body);
    const headers = this.headersOf(request);
    const hasType = type === undefined || headerOf(headers, 'content-type') !== undefined;
    const { answer, trace } = await this.gateway.handle(api, {
      ...{ method, target: targetOf(stage, path, request), body: bytes },
      headers: hasType ? headers : [...headers, ['Content-Type', type]],
      sourceIp: request.sourceIp ?? '127.0.0.1',
    });
    const body = await whole(answer.body);
    const text = Buffer.from(body).toString('utf8');
    return {
      ...{ status: answer.status, headers: answer.headers, body, text, json: parsedJson(text) },
      header: (name) => headerOf(answer.headers, name),
      trace: traced(trace),
    };
  }

  /** Connects a client to a WebSocket API, without a socket. @param target `/?room=a` */
  public async connect(target = '/', options: ConnectOptions = {}): Promise<Connection> {
    const api = this.api();
    const stage = this.stageOf(api, options.stage ?? this.options.stage);
    const { protocols = [] } = options;
    const request: IncomingRequest = {
      ...{
        method: 'GET',
        target: targetOf(stage, target.replace(/^\/(?=\?|$)/, ''), options),
        body: new Uint8Array(),
      },
      headers: [
        ...this.headersOf(options),
        ...HANDSHAKE,
        ...(protocols.length === 0 ? [] : [['Sec-WebSocket-Protocol', protocols.join(', ')] as const]),
      ],
      sourceIp: options.sourceIp ?? '127.0.0.1',
    };
    const sockets = this.gateway.socketsOf(api, request);
    if (!sockets) throw new Error(`${api.name} is not a WebSocket API (${api.kind}); send it requests.`);
    return connected(sockets, request);
  }

  /** A token of the local issuer, which stands for all user pools and OIDC providers of the templates. */
  public token(claims: JsonObject = {}): string {
    if (!this.gateway.issuer) throw new Error('There is no local issuer.');
    const { tokens } = this.gateway.access(this.api());
    // A client id stands for the audience if there is none.
    const isOfClient = Object.hasOwn(claims, 'client_id');
    const own = Object.entries(tokens ? claimsOf(tokens) : {}).filter(([name]) => !isOfClient || name !== 'aud');
    return this.gateway.issuer.token({ ...Object.fromEntries(own), ...claims });
  }

  /** Listens for clients and functions; the URL has no stage in it. */
  public async listen(port = 0): Promise<string> {
    const api = this.api();
    const server = createApiServer(async (request) => (await this.gateway.handle(api, request)).answer);
    this.server = server;
    if (api.sockets)
      this.sockets = attachSockets(server, {
        gatewayOf: (request) => this.gateway.socketsOf(api, incomingOf(request, new Uint8Array())),
      });
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(port, '127.0.0.1', done);
    });
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    this.gateway.servedAt(api, url);
    return url;
  }

  public async close(): Promise<void> {
    this.sockets?.close();
    this.server?.close();
    (this.server as { closeAllConnections?: () => void } | undefined)?.closeAllConnections?.();
    await this.gateway.close();
  }

  private headersOf({ headers = {}, as, apiKey, domain = 'localhost' }: ClientOptions): HeaderFields {
    const named = Object.entries(headers).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value as string]),
    );
    return [
      ['Host', domain],
      ...named,
      ...(as ? [['Authorization', `Bearer ${this.token(as)}`] as const] : []),
      ...(apiKey === undefined ? [] : [['x-api-key', apiKey] as const]),
    ];
  }

  private api(): LocalApi {
    const { api, from } = this.options;
    return this.gateway.api(api, typeof from === 'object' && 'node' in from ? from.node.path : '');
  }

  private stageOf({ stages, name }: LocalApi, wanted: string | undefined): string {
    if (wanted === undefined && stages.length === 1) return stages[0];
    if (wanted !== undefined && stages.includes(wanted)) return wanted;
    const given = wanted === undefined ? 'has several stages' : `has no stage ${JSON.stringify(wanted)}`;
    throw new Error(`${name} ${given}; choose one of ${stages.join(', ')}.`);
  }
}

function sourcesOf(from: ServeOptions['from']): readonly TemplateSource[] {
  if (typeof from === 'string') return readSources([from]);
  if (Array.isArray(from)) return readSources(from as readonly string[]);
  const { root } = (from as Synthesizable).node as { root: { synth?: () => { directory: string } } };
  if (typeof root.synth !== 'function')
    throw new Error('The stack is in no App, which "from" needs in order to synthesize it.');
  return readAssembly(root.synth().directory);
}

/** What a client sends to get from HTTP to WebSocket; the key is that of RFC 6455. */
const HANDSHAKE: HeaderFields = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
];

/** A custom domain has the stage in its mapping. */
function targetOf(stage: string, path: string, { query = {}, domain }: ClientOptions): string {
  const prefix = stage === '$default' || domain !== undefined ? '' : `/${encodeURIComponent(stage)}`;
  return `${prefix}${withQuery(path, query)}`;
}

function withQuery(path: string, query: NonNullable<ClientOptions['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value as string)}`),
  );
  return pairs.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function bodyOf(body: unknown): { bytes: Uint8Array; type?: string } {
  if (body === undefined) return { bytes: new Uint8Array() };
  if (body instanceof Uint8Array) return { bytes: body };
  if (typeof body === 'string') return { bytes: Buffer.from(body, 'utf8') };
  return { bytes: Buffer.from(JSON.stringify(body), 'utf8'), type: 'application/json' };
}
