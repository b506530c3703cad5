import { type Position } from '../model/place';
import { type Spot, spotAt } from './spot';

/** A file with the values that are written in it; it is looked into when a finding needs a place. */
export class WrittenFile {
  private lines?: Lines;
  private known?: { readonly text: string; readonly root: Spot };

  /**
   * @param file the path, from the folder where the command runs
   * @param load the text and its values; undefined if the file can no longer be read
   */
  constructor(
    public readonly file: string,
    private readonly load: () => { readonly text: string; readonly root: Spot } | undefined,
  ) {}

  /** The place of the value, or of the nearest one around it; and how many keys of the path lead there. */
  public find(path: readonly string[]): { readonly position: Position; readonly length: number } | undefined {
    this.known ??= this.load();
    if (!this.known) return undefined;
    const { text, root } = this.known;
    const { spot, length } = spotAt(root, path);
    this.lines ??= new Lines(text);
    return { position: this.lines.positionOf(spot.offset), length };
  }
}

/** The lines of a text, as far as they are needed. */
export class Lines {
  /** Of the lines up to the last one that was needed. */
  private readonly starts = [0];

  constructor(private readonly text: string) {}

  public positionOf(offset: number): Position {
    const { starts, text } = this;
    for (let last = starts[starts.length - 1]; last <= offset;) {
      const end = text.indexOf('\n', last);
      last = end < 0 ? Infinity : end + 1;
      starts.push(last);
    }
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  }
}
