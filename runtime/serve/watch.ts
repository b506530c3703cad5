import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** Waits for this long after the last change, since a synth writes many files. */
export const QUIET_MS = 60;

export const isWithin = (file: string, folder: string): boolean => file === folder || file.startsWith(folder + sep);

/** Calls back after changes of files or folders, once for changes in quick succession, with absolute paths. */
export class Watcher {
  private readonly trees: Tree[];
  private readonly parents: FSWatcher[];
  private timer?: NodeJS.Timeout;
  private readonly changed = new Set<string>();

  /** @param places need not exist: they may be deleted, and written again */
  constructor(
    places: readonly string[],
    private readonly onChange: (files: readonly string[]) => void,
    private readonly ignored: (file: string) => boolean = () => false,
  ) {
    const paths = places.map((place) => resolve(place));
    this.trees = paths.map((path) => new Tree(path, (file) => this.note(file), ignored));
    this.parents = paths.flatMap((path, index) => this.parentOf(path, this.trees[index]));
  }

  public close(): void {
    clearTimeout(this.timer);
    for (const each of [...this.parents, ...this.trees]) each.close();
  }

  /** Editors replace a file, and others a whole folder: only the folder above it notices. */
  private parentOf(path: string, tree: Tree): FSWatcher[] {
    try {
      const watcher = watch(dirname(path), (event, name) => {
        if (name !== basename(path)) return;
        if (event === 'rename') tree.reopen();
        this.note(path);
      });
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  }

  private note(file: string): void {
    if (this.ignored(file)) return;
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.changed];
      this.changed.clear();
      this.onChange(files);
    }, QUIET_MS);
  }
}

/** A folder and those below it. Node.js would watch each file on its own, those of ignored folders too. */
class Tree {
  private readonly watchers = new Map<string, FSWatcher>();

  constructor(
    private readonly root: string,
    private readonly onFile: (file: string) => void,
    private readonly ignored: (file: string) => boolean,
  ) {
    this.open(root, false);
  }

  public reopen(): void {
    this.drop(this.root);
    this.open(this.root, true);
  }

  public close(): void {
    this.drop(this.root);
  }

  /** @param isNew what is in it has not been there before */
  private open(folder: string, isNew: boolean): void {
    if (this.ignored(folder) || !isFolder(folder)) return;
    try {
      const watcher = watch(folder, (event, name) => {
        if (name === null) return;
        const file = join(folder, name);
        if (this.ignored(file)) return;
        if (event === 'rename') {
          this.drop(file);
          this.open(file, true);
        }
        this.onFile(file);
      });
      watcher.on('error', () => this.drop(folder));
      this.watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (isNew && !this.ignored(path)) this.onFile(path);
        if (entry.isDirectory()) this.open(path, isNew);
      }
    } catch {
      // It has gone away in the meantime.
      this.drop(folder);
    }
  }

  private drop(folder: string): void {
    for (const [path, watcher] of this.watchers) {
      if (!isWithin(path, folder)) continue;
      watcher.close();
      this.watchers.delete(path);
    }
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
