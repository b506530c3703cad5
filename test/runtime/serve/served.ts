import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND = join(__dirname, '..', '..', '..', 'assets', 'cli', 'apigw.js');
/** Two cores, and other tests on them. */
const PATIENCE_MS = 20_000;

export const folder = (): string => mkdtempSync(join(tmpdir(), 'serve-'));

/** A folder with this template in it. */
export function folderWith(template: object, name = 'shop.json'): string {
  const home = folder();
  writeFileSync(join(home, name), JSON.stringify(template));
  return home;
}

const running = new Set<Served>();

/** Ends those that a failed test has left. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((each) => each.end('SIGKILL')));
}

/** `apigw serve` as a process. */
export class Served {
  public out = '';
  public err = '';
  public code?: number | null;
  private readonly child: ChildProcess;

  constructor(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [COMMAND, 'serve', ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, XDG_CACHE_HOME: join(cwd, 'cache'), ...env },
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    running.add(this);
    this.child.on('close', (code) => {
      this.code = code;
      running.delete(this);
    });
  }

  /** Waits until the output has this, `times` times. */
  public async says(pattern: RegExp, times = 1): Promise<void> {
    const found = (): number => [...`${this.out}\n${this.err}`.matchAll(new RegExp(pattern, 'gm'))].length;
    await until(() => found() >= times || this.code !== undefined);
    if (found() < times) throw new Error(`${String(pattern)} is not in:\n${this.out}\n${this.err}`);
  }

  /** The URLs of the stages, in the order of the output. */
  public async urls(): Promise<string[]> {
    await this.says(/^ {2}(http|ws):\/\/\S+$/m);
    // The banner is written in one piece for all APIs.
    return [...this.out.matchAll(/^ {2}((?:http|ws):\/\/\S+)$/gm)].map(([, url]) => url);
  }

  public async url(): Promise<string> {
    return (await this.urls())[0];
  }

  /** Ends it, as a terminal or a supervisor does. */
  public async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.code === undefined) {
      this.child.kill(signal);
      await this.ended();
    }
    return this.code ?? null;
  }

  public async ended(): Promise<number | null> {
    if (this.code === undefined) await once(this.child, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return this.code ?? null;
  }
}

export async function until(isTrue: () => boolean | Promise<boolean>, ms = PATIENCE_MS): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isTrue())) {
    if (Date.now() > end) return;
    await new Promise((done) => setTimeout(done, 10));
  }
}
