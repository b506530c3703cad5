import { resolve } from 'node:path';
import { type LocalFunction } from '../../lib/serve/functions';
import { type LocalGateway } from './local-gateway';
import { Synth } from './synth';
import { isWithin, Watcher } from './watch';

export interface HotReloadOptions {
  readonly gateway: LocalGateway;
  /** Templates, and folders with them. */
  readonly paths: readonly string[];
  /** The command that makes the templates out of sources in this folder. */
  readonly synth?: string;
  /** A file that this process writes. */
  readonly trace?: string;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Ends when the APIs are served as they are now. */
  readonly onReload?: () => Promise<void>;
}

/** Folders that hold no sources, but what others make of them or bring along. */
const NO_SOURCES = /[\\/](node_modules|\.[^\\/]+|cdk\.out|dist|coverage)([\\/]|$)|~$/;

/** Serves changed templates, restarts changed functions, and runs the synth command for changed sources. */
export class HotReload {
  private readonly watchers: Watcher[] = [];
  private readonly synth?: Synth;
  private beside?: { readonly places: string; readonly watcher: Watcher };
  /** Also those that cannot be read right now. */
  private readonly definitions = new Set<string>();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: HotReloadOptions) {
    const { paths, synth, say, trace } = options;
    this.watchers.push(new Watcher(paths, (files) => this.enqueue(files), isPackages));
    this.watchBeside();
    if (synth === undefined) return;
    this.synth = new Synth({ command: synth, say });
    const outputs = [...paths, ...(trace === undefined ? [] : [trace])].map((path) => resolve(path));
    const folder = process.cwd();
    const ignored = (file: string): boolean =>
      NO_SOURCES.test(file.slice(folder.length)) || outputs.some((output) => isWithin(file, output));
    this.watchers.push(new Watcher([folder], (files) => this.synth?.changed(files), ignored));
  }

  public close(): void {
    for (const each of [...this.watchers, this.beside?.watcher, this.synth]) each?.close();
  }

  private enqueue(files: readonly string[]): void {
    this.running = this.running.then(() => this.serve(files));
  }

  private async serve(files: readonly string[]): Promise<void> {
    const { gateway, say, complain } = this.options;
    const from = performance.now();
    const took = (): string => `${Math.round(performance.now() - from)} ms`;
    try {
      const inPlace = withCodeIn(gateway.functions, files);
      if (files.every((file) => isCode(gateway.functions, file))) {
        await gateway.restart(inPlace);
        say(`${inPlace.join(', ')} restarted in ${took()}`);
        return;
      }
      const { changedFunctions } = await gateway.reload();
      const others = inPlace.filter((id) => !changedFunctions.includes(id));
      await gateway.restart(others);
      const restarted = [...changedFunctions, ...others];
      say(`Reloaded in ${took()}${restarted.length === 0 ? '' : `; ${restarted.join(', ')} restarted`}`);
      await this.options.onReload?.();
      this.watchBeside();
    } catch (error) {
      complain(`Not reloaded, and the APIs are served as they were: ${(error as Error).message}`);
    }
  }

  /** Code and definitions that are not in the folders of the templates. */
  private watchBeside(): void {
    const { gateway } = this.options;
    const paths = this.options.paths.map((path) => resolve(path));
    for (const { documents } of gateway.sources) {
      for (const { file } of documents?.values() ?? []) this.definitions.add(resolve(file.file));
    }
    const outside = [...gateway.functions.flatMap((each) => codeOf(each)), ...this.definitions].filter(
      (place) => !paths.some((path) => isWithin(place, path)),
    );
    const places = [...new Set(outside)].sort();
    if (this.beside?.places === places.join('\n')) return;
    this.beside?.watcher.close();
    const watcher = new Watcher(places, (files) => this.enqueue(files), isPackages);
    this.beside = { places: places.join('\n'), watcher };
  }
}

/** Packages are many files, and change with the lock file only. */
const isPackages = (file: string): boolean => /[\\/]node_modules([\\/]|$)/.test(file);

const codeOf = ({ code, layers }: LocalFunction): string[] =>
  [...(code.kind === 'path' ? [code.path] : []), ...layers].map((path) => resolve(path));

const isCode = (functions: readonly LocalFunction[], file: string): boolean =>
  functions.some((each) => codeOf(each).some((folder) => isWithin(file, folder)));

const withCodeIn = (functions: readonly LocalFunction[], files: readonly string[]): string[] =>
  functions
    .filter((each) => codeOf(each).some((folder) => files.some((file) => isWithin(file, folder))))
    .map(({ id }) => id);
