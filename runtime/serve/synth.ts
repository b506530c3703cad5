import { type ChildProcess, spawn } from 'node:child_process';
import { relative } from 'node:path';
import { QUIET_MS } from './watch';

/** Changes are reported after the watcher's pause, also those that were made before the end of the command. */
const SETTLED_MS = QUIET_MS * 2;

export interface SynthOptions {
  readonly command: string;
  readonly say: (text: string) => void;
}

/**
 * Runs a command for changed sources: once for a burst, never twice at a time, and once more for changes that came meanwhile. Files
 * that change in two runs in a row are written by the command, and do not start it again.
 */
export class Synth {
  private child?: ChildProcess;
  private settling?: NodeJS.Timeout;
  private meanwhile = new Set<string>();
  /** Those that changed during the run before, if this run is for them. */
  private before = new Set<string>();
  private readonly written = new Set<string>();

  constructor(private readonly options: SynthOptions) {}

  public changed(files: readonly string[]): void {
    if (!this.isRunning) return this.run(new Set());
    for (const file of files) if (!this.written.has(file)) this.meanwhile.add(file);
  }

  public close(): void {
    clearTimeout(this.settling);
    this.child?.kill();
  }

  private get isRunning(): boolean {
    return this.child !== undefined || this.settling !== undefined;
  }

  private run(before: Set<string>): void {
    const { command, say } = this.options;
    this.before = before;
    this.meanwhile = new Set();
    say(`Sources have changed: ${command}`);
    this.child = spawn(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
    this.child.on('close', (code) => {
      this.child = undefined;
      if (code !== 0) say(`"${command}" ended with exit code ${code}; the APIs are served as they were.`);
      this.settling = setTimeout(() => this.settled(), SETTLED_MS);
    });
  }

  private settled(): void {
    this.settling = undefined;
    const own = [...this.meanwhile].filter((file) => this.before.has(file));
    for (const file of own) this.written.add(file);
    if (own.length > 0) {
      const names = own.map((file) => relative(process.cwd(), file)).join(', ');
      this.options.say(`The command itself writes ${names}: its changes do not start it again.`);
    }
    const rest = [...this.meanwhile].filter((file) => !this.written.has(file));
    if (rest.length > 0) this.run(new Set(rest));
  }
}
