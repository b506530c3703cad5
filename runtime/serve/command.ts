import { appendFileSync } from 'node:fs';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { judge } from '../../lib/checks/acknowledged';
import { type Finding } from '../../lib/checks/rule';
import { runRules } from '../../lib/checks/run';
import { type LocalApi } from '../../lib/serve/local-api';
import { strayOverrides } from '../../lib/serve/local-functions';
import { readSources } from '../cli/sources';
import { tellUsageError, UsageError } from '../cli/io';
import { line, lines, type Shown } from '../cli/shown';
import { claimsOf } from './access';
import { apiLines, findingLines, notEmulatedLines } from './banner';
import { shellCredentials, signingCredentials } from './credentials';
import { type Endpoints } from './functions/endpoint';
import { HotReload } from './hot-reload';
import { LineLog } from './line-log';
import { incomingOf } from './incoming';
import { LocalGateway } from './local-gateway';
import { notEmulated } from './not-emulated';
import { pageGateway, pageHtml } from './page-gateway';
import { type PageServer } from './page/contract';
import { createPageServer } from './page/server';
import { type Exchanged, traceLine } from './trace-view';
import { parseOptions, type ServeOptions, usage } from './options';
import { seeded } from './random';
import { requestLine } from './request-line';
import { createApiServer, endServer } from './server';
import { attachSockets } from './sockets';

export interface ServeIo {
  readonly stdout: (text: Shown) => void;
  readonly stderr: (text: Shown) => void;
  /** Resolves when the command has to end. */
  readonly ended: Promise<void>;
}

/** `apigw serve`; returns the exit code once it ends. */
export async function serveMain(argv: readonly string[], io: ServeIo): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (!options) {
      io.stdout(usage());
      return 0;
    }
    return await new ServeCommand(options, io).run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(tellUsageError(error, 'apigw serve --help lists the options.\n'));
    return 2;
  }
}

/** How long requests that run have to end; a second signal ends them at once. */
const GRACE_IN_MS = 10_000;

class ServeCommand {
  private readonly gateway: LocalGateway;
  private readonly servers: Server[] = [];
  private readonly log: LineLog;
  private readonly closing: { close(): void }[] = [];
  /** By the ids of the APIs. */
  private readonly urls = new Map<string, string>();
  /** How many ports are in use. */
  private ports = 0;
  private page?: PageServer;

  constructor(
    private readonly options: ServeOptions,
    private readonly io: ServeIo,
  ) {
    this.log = new LineLog(io.stdout);
    const { parameters, envVars, endpoints, origins, issuer, seed, isolate, inspect, lambdaEndpoints, port } = options;
    this.gateway = new LocalGateway({
      ...{ read: () => readSources(options.paths), parameters, envVars, endpoints, origins, issuer, port },
      ...(options.allowAws ? { aws: shellCredentials('--allow-aws') } : {}),
      ...(options.iam.verify ? { credentials: signingCredentials(options.iam.file) } : {}),
      ...(seed === undefined ? {} : { random: seeded(seed) }),
      runner: {
        ...{ isolate, endpoints: endpointsOf(lambdaEndpoints), credentials: options.allowAws ? 'inherit' : 'dummy' },
        ...(inspect ? { debug: inspect } : {}),
      },
      onLog: (log) => {
        this.log.add(line(`[${log.functionId}] ${log.text}`));
        this.page?.log(log);
      },
      onExchange: (exchanged) => this.exchanged(exchanged),
    });
  }

  public async run(): Promise<number> {
    const { gateway, io, options } = this;
    const apis = this.chosen();
    const missing = notEmulated(gateway.model, Object.keys(options.origins));
    if (options.strict && missing.length > 0) {
      io.stderr(lines(notEmulatedLines(missing, [])));
      await gateway.close();
      return 1;
    }
    for (const api of apis) this.urls.set(api.id, await this.listen(api, this.nextPort()));
    if (options.page) await this.openPage();
    // First, since a script may change the templates as soon as it reads a URL.
    if (options.watch) this.watch();
    io.stdout(lines(findingLines(this.findings)));
    io.stdout(lines(this.served().flatMap(({ api, url }) => apiLines(this.shown(api, url), gateway))));
    if (this.page) io.stdout(lines([`Requests as they go through the gateway: ${this.page.url}`, '']));
    io.stdout(lines(notEmulatedLines(missing, gateway.unresolved)));
    const ids = gateway.functions.map(({ id }) => id).join(', ') || 'none';
    for (const name of strayOverrides(options.envVars ?? {}, gateway.functions)) {
      io.stderr(line(`--env-vars: no function has the logical id or name "${name}"; there is ${ids}.`));
    }
    await io.ended;
    await this.close();
    return 0;
  }

  private shown(api: LocalApi, url: string): Parameters<typeof apiLines>[0] {
    const access = this.gateway.access(api);
    const { tokens } = access;
    const scopes = tokens?.scopes ?? [];
    const token =
      tokens &&
      this.gateway.issuer?.token({
        ...claimsOf(tokens),
        ...(scopes.length === 0 ? {} : { scope: scopes.join(' '), token_use: 'access' }),
      });
    return { api, url, access, ...(token === undefined ? {} : { token }) };
  }

  private get findings(): readonly Finding[] {
    const { model, sources } = this.gateway;
    return judge(runRules(model), sources).open;
  }

  private served(): { api: LocalApi; url: string }[] {
    return [...this.urls].flatMap(([id, url]) => {
      const api = this.gateway.apis.find((each) => each.id === id);
      return api === undefined ? [] : [{ api, url }];
    });
  }

  private async openPage(): Promise<void> {
    const { gateway, options } = this;
    this.page = await createPageServer({
      ...{ html: pageHtml(), port: this.nextPort(), host: options.host },
      gateway: pageGateway({
        ...{ gateway, served: () => this.served(), findings: () => this.findings },
        notEmulated: () => notEmulated(gateway.model, Object.keys(options.origins)),
      }),
    });
  }

  private chosen(): readonly LocalApi[] {
    const { apis } = this.options;
    const all = this.gateway.apis;
    if (all.length === 0) {
      throw new UsageError(
        `${this.options.paths.map((path) => `"${path}"`).join(', ')}: no API with a stage is in these templates.`,
      );
    }
    if (apis.length === 0) return all;
    try {
      return apis.map((name) => this.gateway.api(name));
    } catch (error) {
      throw new UsageError(`--api: ${(error as Error).message}`);
    }
  }

  /** One after the other, from that of `--port`; 0 is any. */
  private nextPort(): number {
    return this.options.port === 0 ? 0 : this.options.port + this.ports++;
  }

  /** Serves APIs that a reload has added, unless `--api` names others. */
  private async listenToNew(): Promise<void> {
    if (this.options.apis.length > 0) return;
    for (const api of this.gateway.apis) {
      if (this.urls.has(api.id)) continue;
      const url = await this.listenAnywhere(api);
      this.urls.set(api.id, url);
      this.io.stdout(lines([`${api.name} (${api.id}) is new:`, ...apiLines(this.shown(api, url), this.gateway)]));
    }
  }

  /** On the next port, or on any if that is taken: the user has not chosen it. */
  private async listenAnywhere(api: LocalApi): Promise<string> {
    try {
      return await this.listen(api, this.nextPort());
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return this.listen(api, 0);
    }
  }

  private async listen(api: LocalApi, port: number): Promise<string> {
    const { gateway, options } = this;
    // A reload brings others of the same logical ids.
    const current = (): LocalApi => gateway.apis.find(({ id }) => id === api.id) ?? api;
    const server = createApiServer(async (request) => (await gateway.handle(current(), request)).answer);
    this.servers.push(server);
    if (api.kind === 'websocket') {
      this.closing.push(
        attachSockets(server, {
          gatewayOf: (request) => gateway.socketsOf(current(), incomingOf(request, new Uint8Array())),
          onTrace: (trace) => gateway.tell(trace),
        }),
      );
    }
    await new Promise<void>((done, failed) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE' ? 'is taken; choose another with --port' : `: ${error.message}`;
        failed(new UsageError(`port ${port} of ${options.host} ${taken}`));
      });
      server.listen(port, options.host, done);
    });
    const address = server.address() as AddressInfo;
    const host = options.host === '127.0.0.1' ? 'localhost' : options.host;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
    gateway.servedAt(api, url);
    return url;
  }

  private exchanged(exchanged: Exchanged): void {
    this.log.add(line(requestLine(exchanged.trace)));
    this.page?.record(exchanged);
    const { trace } = this.options;
    if (trace !== undefined) appendFileSync(trace, `${JSON.stringify(traceLine(exchanged, this.gateway.keys))}\n`);
  }

  private watch(): void {
    const { gateway, io } = this;
    const { paths, synth, trace } = this.options;
    const say = (text: string): void => io.stdout(line(text));
    const complain = (text: string): void => io.stderr(line(text));
    const onReload = async (): Promise<void> => {
      await this.listenToNew();
      this.page?.changed();
    };
    this.closing.push(new HotReload({ gateway, paths, synth, trace, say, complain, onReload }));
  }

  private async close(): Promise<void> {
    for (const each of this.closing) each.close();
    await Promise.all(this.servers.map((server) => endServer(server, GRACE_IN_MS)));
    await this.page?.close();
    await this.gateway.close();
    this.log.flush();
  }
}

const endpointsOf = ({ '*': all, ...byFunction }: Readonly<Record<string, string>>): Endpoints => ({
  ...(all === undefined ? {} : { all }),
  byFunction,
});
