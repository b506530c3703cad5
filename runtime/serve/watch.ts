import { type FSWatcher, watch } from 'node:fs';

/** Waits for this long after the last change, since a synth writes many files. */
const QUIET_MS = 60;

/** Calls back after changes of files or folders, once for changes in quick succession. */
export class Watcher {
  private readonly watchers: FSWatcher[] = [];
  private timer?: NodeJS.Timeout;
  private readonly changed = new Set<string>();

  constructor(
    places: readonly string[],
    private readonly onChange: (files: readonly string[]) => void,
    ignored: (file: string) => boolean = () => false,
  ) {
    for (const place of places) {
      const watcher = watch(place, { recursive: true }, (_event, name) => {
        const file = name ?? place;
        if (!ignored(file)) this.note(file);
      });
      // A folder that goes away is no reason to end.
      watcher.on('error', () => watcher.close());
      this.watchers.push(watcher);
    }
  }

  public close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers) watcher.close();
  }

  private note(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.changed];
      this.changed.clear();
      this.onChange(files);
    }, QUIET_MS);
  }
}
