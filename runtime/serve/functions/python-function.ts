import { execFile, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { type Readable } from 'node:stream';
import { type LocalFunction } from '../../../lib/serve/functions';
import { type Listener, type OpenChannel } from './channel';
import { NotRunnable } from './code';
import { type Environment, environmentOf, type EnvironmentOptions } from './environment';
import { type Holding, SIGNALS } from './fork';
import { Frames } from './frames';

/** A Python on this machine. */
export interface Python {
  readonly command: string;
  /** `3.12`. */
  readonly version: string;
  /** It is the version of the runtime. */
  readonly exact: boolean;
}

/** Finds Pythons and runs functions with them. */
export class Pythons {
  private readonly found = new Map<string, Promise<Python>>();

  constructor(
    private readonly machine: Environment,
    private readonly entry: string,
  ) {}

  /** For a runtime such as `python3.12`: that version, or another one. */
  find(runtime: string): Promise<Python> {
    const known = this.found.get(runtime);
    if (known) return known;
    const search = this.search(runtime);
    this.found.set(runtime, search);
    // It may be installed later.
    search.catch(() => this.found.delete(runtime));
    return search;
  }

  open(target: LocalFunction, python: Python, options: EnvironmentOptions): OpenChannel {
    const environment = environmentOf(target, options);
    const { taskRoot, layers } = options;
    const packages = layers
      .flatMap((layer) => [
        join(layer, 'python', 'lib', `python${python.version}`, 'site-packages'),
        join(layer, 'python'),
      ])
      .reverse();
    const path = [taskRoot, environment.PYTHONPATH, ...packages].filter(Boolean).join(delimiter);
    const env = { ...environment, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' };
    return (listener) => openProcess([python.command, this.entry], taskRoot, env, listener);
  }

  private async search(runtime: string): Promise<Python> {
    const wanted = runtime.replace('python', '');
    for (const command of [runtime, 'python3', ...(process.platform === 'win32' ? ['python'] : [])]) {
      const version = await this.versionOf(command);
      if (version?.startsWith('3.')) return { command, version, exact: version === wanted };
    }
    throw new NotRunnable(`there is no Python on the PATH for ${runtime}: install python3`);
  }

  private versionOf(command: string): Promise<string | undefined> {
    const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const env = this.machine as NodeJS.ProcessEnv;
    return new Promise((resolve) =>
      execFile(command, ['-c', script], { env, timeout: 10_000 }, (error, stdout) =>
        resolve(error ? undefined : stdout.trim()),
      ),
    );
  }
}

/** Events go to its standard input, results come from its descriptor 3, and everything that it prints is its log. */
function openProcess(
  [command, ...args]: readonly string[],
  cwd: string,
  env: Record<string, string>,
  { onMessage, onExit }: Listener,
) {
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  let failure: string | undefined;
  let requestId: string | undefined;
  const log = (text: string) =>
    onMessage(requestId === undefined ? { kind: 'log', text } : { kind: 'log', text, requestId });
  const answers = child.stdio[3] as Readable;
  const frames = new Frames((message) =>
    // What was printed before an answer is read before it.
    setImmediate(() => onMessage(message)),
  );
  answers.on('data', (bytes: Buffer) => frames.add(bytes));
  const flush = [child.stdout!, child.stderr!].map((stream) => eachLine(stream, log));
  child.on('error', (error) => (failure = error.message));
  // A process that ends does not read on.
  child.stdin!.on('error', () => undefined);
  const ended = new Promise<void>((resolve) =>
    child.on('close', (code, signal) => {
      flush.forEach((one) => one());
      const exit = {
        ...(signal !== null && { signal: SIGNALS[signal] ?? signal }),
        ...(code !== null && { code }),
        ...(failure !== undefined && { reason: failure }),
      };
      // After the messages that wait for their turn.
      setImmediate(() => {
        onExit(exit);
        resolve();
      });
    }),
  );
  const hold = (held: boolean) => {
    const way = held ? 'ref' : 'unref';
    for (const one of [child, ...child.stdio]) (one as Partial<Holding> | null)?.[way]?.();
  };
  return {
    post(message: { readonly kind: string }) {
      if (!isCall(message)) return;
      requestId = message.requestId;
      const { arn, limitMs, traceId, event } = message;
      const deadline = Date.now() + limitMs;
      child.stdin!.write(`${JSON.stringify([requestId, arn, deadline, traceId])}\n${event}\n`);
    },
    hold,
    kill() {
      // Until it is gone.
      hold(true);
      child.kill('SIGKILL');
      return ended;
    },
  };
}

type CallMessage = Extract<Parameters<ReturnType<OpenChannel>['post']>[0], { kind: 'call' }>;
const isCall = (message: { readonly kind: string }): message is CallMessage => message.kind === 'call';

/** Calls with each line; gives a function for the rest. */
function eachLine(stream: Readable, print: (line: string) => void): () => void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    lines.forEach(print);
  });
  return () => {
    if (rest !== '') print(rest);
  };
}
