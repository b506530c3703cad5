import { appendFileSync, existsSync, statSync } from 'node:fs';
import { type AddressInfo, type Server } from 'node:net';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { type LocalApi } from '../../lib/serve/local-api';
import { type Trace } from '../../lib/serve/trace';
import { readSources } from '../cli/sources';
import { tellUsageError, UsageError } from '../cli/io';
import { line, lines, type Shown } from '../cli/shown';
import { apiLines, findingLines, notEmulatedLines } from './banner';
import { type Endpoints } from './functions/endpoint';
import { LocalGateway } from './local-gateway';
import { notEmulated } from './not-emulated';
import { parseOptions, type ServeOptions, usage } from './options';
import { seeded } from './random';
import { requestLine } from './request-line';
import { createApiServer } from './server';
import { attachSockets } from './sockets';
import { Watcher } from './watch';

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

class ServeCommand {
  private readonly gateway: LocalGateway;
  private readonly servers: Server[] = [];
  private readonly watchers: Watcher[] = [];
  private readonly closing: { close(): void }[] = [];

  constructor(
    private readonly options: ServeOptions,
    private readonly io: ServeIo,
  ) {
    const { parameters, envVars, endpoints, origins, issuer, seed, isolate, inspect, lambdaEndpoints, port } = options;
    this.gateway = new LocalGateway({
      ...{ read: () => readSources(options.paths), parameters, envVars, endpoints, origins, issuer, port },
      ...(options.allowAws ? { aws: credentials() } : {}),
      ...(seed === undefined ? {} : { random: seeded(seed) }),
      runner: {
        ...{ isolate, endpoints: endpointsOf(lambdaEndpoints), credentials: options.allowAws ? 'inherit' : 'dummy' },
        ...(inspect ? { debug: inspect } : {}),
      },
      onLog: ({ functionId, text }) => io.stdout(line(`[${functionId}] ${text}`)),
      onTrace: (trace) => this.traced(trace),
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
    const urls: string[] = [];
    for (const [index, api] of apis.entries()) urls.push(await this.listen(api, index));
    io.stdout(lines(findingLines(judge(runRules(gateway.model), gateway.sources).open)));
    io.stdout(lines(apis.flatMap((api, index) => apiLines(api, urls[index], gateway.model))));
    io.stdout(lines(notEmulatedLines(missing, gateway.unresolved)));
    if (options.watch) this.watch();
    await io.ended;
    await this.close();
    return 0;
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

  private async listen(api: LocalApi, index: number): Promise<string> {
    const { gateway, options } = this;
    // A reload brings others of the same logical ids.
    const current = (): LocalApi => gateway.apis.find(({ logicalId }) => logicalId === api.logicalId) ?? api;
    const server = createApiServer(async (request) => (await gateway.handle(current(), request)).answer);
    this.servers.push(server);
    if (api.kind === 'websocket') {
      this.closing.push(
        attachSockets(server, {
          gatewayOf: ({ url = '/' }) => current().sockets?.(url),
          onTrace: (trace) => this.traced(trace),
        }),
      );
    }
    const port = options.port === 0 ? 0 : options.port + index;
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

  private traced(trace: Trace): void {
    this.io.stdout(line(requestLine(trace)));
    if (this.options.trace !== undefined) appendFileSync(this.options.trace, `${JSON.stringify(trace)}\n`);
  }

  private watch(): void {
    const { options, io } = this;
    const places = options.paths.filter((path) => existsSync(path));
    this.watchers.push(new Watcher(places, (files) => void this.reload(files)));
    const { synth } = options;
    if (synth === undefined) return;
    const outputs = places.map((path) => resolve(path)).filter((path) => statSync(path).isDirectory());
    const isIgnored = (file: string): boolean =>
      /(^|[\\/])(node_modules|\.git|cdk\.out|dist|coverage)([\\/]|$)/.test(file) ||
      outputs.some((folder) => resolve(file).startsWith(folder));
    let running = false;
    this.watchers.push(
      new Watcher(
        [process.cwd()],
        () => {
          if (running) return;
          running = true;
          io.stdout(line(`Sources have changed: ${synth}`));
          const child = spawn(synth, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
          child.on('close', () => (running = false));
        },
        isIgnored,
      ),
    );
  }

  private async reload(files: readonly string[]): Promise<void> {
    const from = performance.now();
    try {
      const { changedFunctions } = await this.gateway.reload();
      const inPlace = this.gateway.functions
        .filter(({ code }) => code.kind === 'path' && files.some((file) => code.path.includes(file.split(/[\\/]/)[0])))
        .map(({ id }) => id);
      await this.gateway.restart(inPlace);
      const restarted = [...new Set([...changedFunctions, ...inPlace])];
      const what = restarted.length === 0 ? '' : `; ${restarted.join(', ')} restarted`;
      this.io.stdout(line(`Reloaded in ${Math.round(performance.now() - from)} ms${what}`));
    } catch (error) {
      this.io.stderr(line(`Not reloaded: ${(error as Error).message}`));
    }
  }

  private async close(): Promise<void> {
    for (const each of [...this.watchers, ...this.closing]) each.close();
    for (const server of this.servers) {
      server.close();
      (server as { closeAllConnections?: () => void }).closeAllConnections?.();
    }
    await this.gateway.close();
  }
}

const endpointsOf = ({ '*': all, ...byFunction }: Readonly<Record<string, string>>): Endpoints => ({
  ...(all === undefined ? {} : { all }),
  byFunction,
});

function credentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new UsageError(
      '--allow-aws needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; "aws configure export-credentials --format env" prints them.',
    );
  }
  return {
    ...{ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}
