import { type AddressInfo, type Server } from 'node:net';
import { readAssembly } from '../../lib/template/reader/assembly';
import { type TemplateSource } from '../../lib/template/reader/source';
import { headerOf } from '../../lib/serve/exchange';
import { type JsonObject, parsedJson } from '../../lib/serve/json';
import { type LocalApi } from '../../lib/serve/local-api';
import { readSources } from '../cli/sources';
import { LocalGateway } from './local-gateway';
import { createApiServer } from './server';
import {
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

  constructor(private readonly options: ServeOptions) {
    const { functions, backends, clock, random, parameters, envVars } = options;
    this.gateway = new LocalGateway({
      ...{ read: () => sourcesOf(options.from), functions, backends, random, parameters, envVars, issuer: true },
      ...(clock ? { now: () => clock.now() } : {}),
    });
    // Wrong names are told before the first request.
    this.stageOf(this.api(), options.stage);
  }

  /** Sends a request through the gateway, without a socket. @param route `GET /orders?limit=1` */
  public async request(route: string, request: RequestOptions = {}): Promise<Reply> {
    const api = this.api();
    const [, method, path] = /^([A-Z]+) (\/.*)$/s.exec(route) ?? [];
    if (path === undefined) throw new Error(`${JSON.stringify(route)} is no request; write for example "GET /orders".`);
    const stage = this.stageOf(api, request.stage ?? this.options.stage);
    const prefix = stage === '$default' || request.domain !== undefined ? '' : `/${encodeURIComponent(stage)}`;
    const { bytes, type } = bodyOf(request.body);
    const named = Object.entries(request.headers ?? {}).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value as string]),
    );
    const has = (name: string): boolean => headerOf(named, name) !== undefined;
    const { answer, trace } = await this.gateway.handle(api, {
      ...{ method, target: `${prefix}${withQuery(path, request.query ?? {})}`, body: bytes },
      headers: [
        ['Host', request.domain ?? 'localhost'],
        ...named,
        ...(type !== undefined && !has('content-type') ? [['Content-Type', type] as const] : []),
        ...(request.as ? [['Authorization', `Bearer ${this.token(request.as)}`] as const] : []),
        ...(request.apiKey === undefined ? [] : [['x-api-key', request.apiKey] as const]),
      ],
      sourceIp: request.sourceIp ?? '127.0.0.1',
    });
    const body = answer.body instanceof Uint8Array ? answer.body : await joined(answer.body);
    const text = Buffer.from(body).toString('utf8');
    return {
      ...{ status: answer.status, headers: answer.headers, body, text, json: parsedJson(text) },
      header: (name) => headerOf(answer.headers, name),
      trace: { ...trace, step: (name) => trace.steps.find(({ stage: each }) => each === name) },
    };
  }

  /** A token of the local issuer, which stands for all user pools and OIDC providers of the templates. */
  public token(claims: JsonObject = {}): string {
    if (!this.gateway.issuer) throw new Error('There is no local issuer.');
    return this.gateway.issuer.token(claims);
  }

  /** Listens for clients; the URL has no stage in it. */
  public async listen(port = 0): Promise<string> {
    const api = this.api();
    const server = createApiServer(async (request) => (await this.gateway.handle(api, request)).answer);
    this.server = server;
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(port, '127.0.0.1', done);
    });
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server?.close();
    (this.server as { closeAllConnections?: () => void } | undefined)?.closeAllConnections?.();
    await this.gateway.close();
  }

  private api(): LocalApi {
    return this.gateway.api(this.options.api);
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

function withQuery(path: string, query: NonNullable<RequestOptions['query']>): string {
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

async function joined(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
