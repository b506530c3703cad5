import { type Position } from '../model/place';
import { type Spot, spotAt } from './spot';

/** A file with the values that are written in it; it is looked into when a finding needs a place. */
export class WrittenFile {
  private lines?: readonly number[];
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
    this.lines ??= startsOfLines(text);
    return { position: positionIn(this.lines, spot.offset), length };
  }
}

export function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** @param starts of the lines of the text */
export function positionIn(starts: readonly number[], offset: number): Position {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low] + 1 };
}
