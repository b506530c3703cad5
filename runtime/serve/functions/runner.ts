import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type FunctionLog,
  type FunctionOutcome,
  type FunctionRunner,
  type LocalFunction,
} from '../../../lib/serve/functions';
import { type OpenChannel } from './channel';
import { cacheFolder, NotRunnable, type PreparedCode, prepareCode } from './code';
import { callEndpoint, endpointOf, type Endpoints } from './endpoint';
import { type Environment } from './environment';
import { nodeVersion, openNode } from './node-function';
import { Pool } from './pool';
import { Pythons } from './python-function';

export interface FunctionRunnerOptions {
  readonly onLog?: (log: FunctionLog) => void;
  /** Functions of Node.js run in processes of their own instead of threads. */
  readonly isolate?: boolean;
  /** Lets a debugger attach to the function of Node.js; without an id, to the first that is called. */
  readonly debug?: { readonly port: number; readonly functionId?: string };
  /** Where functions run that do not run here. */
  readonly endpoints?: Endpoints;
  /** Whether functions act with the AWS credentials of this process; by default they have none that are valid. */
  readonly credentials?: 'dummy' | 'inherit';
  /** The environment of this process. */
  readonly environment?: Environment;
  /** The folder whose `node_modules` has the AWS SDK, which the runtime of Lambda brings along. */
  readonly project?: string;
  /** What `fetch` of functions of Node.js gets from this gateway instead of the net: URL → JSON. */
  readonly documents?: () => Readonly<Record<string, string>>;
  /** For archives and inline code. */
  readonly cache?: string;
  /** Sandboxes of a function. */
  readonly size?: number;
  readonly idleMs?: number;
  /**
   * How long code loads before the time of the first call runs: 10 s in Lambda.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
   */
  readonly initMs?: number;
}

/** Runs functions on this machine, or where the options say. */
export function createFunctionRunner(options: FunctionRunnerOptions = {}): FunctionRunner {
  return new LocalRunner(options);
}

class LocalRunner implements FunctionRunner {
  private readonly pools = new Map<string, Pool>();
  /** What was unpacked, until the function is restarted. */
  private readonly codes = new Map<string, Promise<PreparedCode>>();
  private readonly onLog: (log: FunctionLog) => void;
  private readonly pythons: Pythons;
  private readonly noted = new Set<string>();
  private debugged?: string;
  private closed = false;

  constructor(private readonly options: FunctionRunnerOptions) {
    this.onLog = options.onLog ?? (() => undefined);
    this.pythons = new Pythons(options.environment ?? process.env, assetFile('python-function.py'));
    this.debugged = options.debug?.functionId;
  }

  async invoke(...[target, invocation]: Parameters<FunctionRunner['invoke']>): Promise<FunctionOutcome> {
    if (this.closed) return CLOSED;
    const endpoint = endpointOf(target, this.options.endpoints);
    if (endpoint) return callEndpoint(endpoint, target, invocation);
    return this.poolOf(target).invoke(target, invocation);
  }

  async restart(functionIds: readonly string[]): Promise<void> {
    for (const [key, pool] of this.pools) {
      if (!functionIds.includes(key.split(' ')[0])) continue;
      this.codes.delete(key);
      pool.restart();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.pools.values()].map((pool) => pool.close(CLOSED)));
  }

  private poolOf(target: LocalFunction): Pool {
    const key = keyOf(target);
    const known = this.pools.get(key);
    if (known) return known;
    const { debug, size = 10, idleMs = 300_000, initMs = 10_000 } = this.options;
    if (debug && nodeVersion(target) > 0) this.debugged ??= target.id;
    const debugged = debug !== undefined && this.debugged === target.id;
    const pool = new Pool({
      onLog: this.onLog,
      // A debugger attaches to one.
      size: debugged ? 1 : size,
      idleMs: debugged ? 2 ** 30 : idleMs,
      noTimeout: debugged,
      initMs,
      prepare: (one) => this.prepare(one, debugged ? debug.port : undefined),
    });
    this.pools.set(key, pool);
    return pool;
  }

  private async prepare(target: LocalFunction, inspectorPort: number | undefined): Promise<OpenChannel> {
    const { options } = this;
    const { id, runtime = '' } = target;
    const machine = options.environment ?? process.env;
    const code = await this.codeOf(target);
    const environment = { machine, credentials: options.credentials ?? 'dummy', ...code } as const;
    if (/^nodejs\d+\.x$/.test(runtime)) {
      const [here] = /^\d+/.exec(process.versions.node)!;
      if (Number(here) !== nodeVersion(target))
        this.note(id, `uses Node.js ${process.versions.node} of this machine, not ${runtime}`);
      return openNode(target, {
        ...environment,
        entry: assetFile('node-function.js'),
        isolate: options.isolate ?? false,
        project: options.project ?? process.cwd(),
        documents: options.documents?.() ?? {},
        ...(inspectorPort !== undefined && { inspectorPort }),
      });
    }
    if (/^python3\.\d+$/.test(runtime)) {
      const python = await this.pythons.find(runtime);
      if (!python.exact) this.note(id, `uses Python ${python.version} of this machine, not ${runtime}`);
      return this.pythons.open(target, python, environment);
    }
    throw new NotRunnable(
      `${id} has the runtime ${runtime || '(none)'}, and only Node.js and Python run here; run it yourself and pass --lambda-endpoint ${id}=http://localhost:9000`,
    );
  }

  private codeOf(target: LocalFunction): Promise<PreparedCode> {
    const key = keyOf(target);
    const known = this.codes.get(key);
    if (known) return known;
    const code = prepareCode(target, this.options.cache ?? cacheFolder(process.env));
    this.codes.set(key, code);
    code.catch(() => this.codes.delete(key));
    return code;
  }

  /** Says something about a function once. */
  private note(functionId: string, text: string): void {
    if (this.noted.has(`${functionId} ${text}`)) return;
    this.noted.add(`${functionId} ${text}`);
    this.onLog({ functionId, text: `${functionId} ${text}` });
  }
}

/** Each version of a function has its own code. */
const keyOf = ({ id, version }: LocalFunction): string => `${id} ${version}`;

const CLOSED: FunctionOutcome = { kind: 'refused', reason: 'the gateway is closed' };

/** A file of assets/serve: this one may be in a bundle, or be a source. */
function assetFile(name: string): string {
  for (let at = __dirname; at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'assets', 'serve', name);
    if (existsSync(file)) return file;
  }
  throw new Error(`assets/serve/${name} is missing. Run npm run assets.`);
}
