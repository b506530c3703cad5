import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './packed';

/** A call that the kernel makes to a class of the other language. */
export interface Callback {
  readonly invoke?: { readonly method: string; readonly args: readonly unknown[] };
}

type Reply = Record<string, unknown>;

/**
 * The process that Python, Java, .NET and Go start to run a library: `@jsii/runtime`, one file with its kernel, spoken to in
 * lines of JSON.
 */
export class Kernel {
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor() {
    const runtime = join(ROOT, 'node_modules/@jsii/runtime/webpack/bin/jsii-runtime.js');
    // Its errors come as replies; the rest is warnings and what CDK prints.
    this.process = spawn(process.execPath, [runtime], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  /** The first line, in which the runtime greets. */
  public async hello(): Promise<string> {
    return ((await this.next()) as { hello: string }).hello;
  }

  /** @throws what the library throws */
  public async call(request: Reply, answer?: (callback: Callback) => unknown): Promise<Reply> {
    this.write(request);
    for (;;) {
      const reply = await this.next();
      if ('error' in reply) throw new Error(String(reply.error));
      if ('ok' in reply) return reply.ok as Reply;
      const { cbid, ...callback } = reply.callback as Callback & { cbid: string };
      this.write({ complete: { cbid, result: answer?.(callback) } });
    }
  }

  public end(): void {
    this.process.stdin!.end();
    this.process.kill();
  }

  private write(request: object): void {
    this.process.stdin!.write(`${JSON.stringify(request)}\n`);
  }

  private async next(): Promise<Reply> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the runtime ended');
    return JSON.parse(value as string) as Reply;
  }
}

/**
 * A package for the kernel, which unpacks it: the assembly of an installed package, and modules that lead to its own. The
 * whole of aws-cdk-lib has 160 MB.
 */
export function standIn(name: string, home: string): { name: string; version: string; tarball: string } {
  const installed = join(ROOT, 'node_modules', name);
  const folder = join(home, `stand-in-${name}`, 'package');
  const write = (file: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
  write('package.json', JSON.stringify({ ...manifest, main: 'index.js', exports: undefined }));
  for (const file of readdirSync(installed).filter((one) => one.startsWith('.jsii')))
    write(file, readFileSync(join(installed, file)));
  write('index.js', `module.exports = require(${JSON.stringify(installed)});`);
  for (const service of readdirSync(installed).filter((one) => one.startsWith('aws-')))
    write(`${service}/index.js`, `module.exports = require(${JSON.stringify(join(installed, service))});`);
  const tarball = join(home, `${name}.tgz`);
  execFileSync('tar', ['-czf', tarball, '-C', dirname(folder), 'package']);
  return { name, version: manifest.version, tarball };
}
