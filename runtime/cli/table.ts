import stringWidth from 'string-width';
import { type CliIo } from './io';
import { type Shown, visible } from './shown';

const DEFAULT_WIDTH = 120;
const MIN_WIDTH = 60;
const MAX_WIDTH = 200;
/** Border and padding of one column. */
const COLUMN_FRAME = 3;
const MIN_COLUMN = 8;

/** The width that text is laid out for. */
export function widthOf(io: Pick<CliIo, 'columns'>): number {
  return Math.min(Math.max(io.columns ?? DEFAULT_WIDTH, MIN_WIDTH), MAX_WIDTH);
}

const ASCII = /^[ -~]*$/;
/** Made when it is first needed: what it knows of all languages takes longer to load than this command. */
const graphemesIn = (text: string): Iterable<Intl.SegmentData> =>
  (graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text);
let graphemes: Intl.Segmenter | undefined;

/** How many columns of a terminal a text takes. */
const columnsOf = (text: string): number => (ASCII.test(text) ? text.length : stringWidth(text));

/**
 * The text in lines of at most so many columns; a longer word is split if necessary, so nothing is left
 * out.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const done: string[] = [];
  let current = '';
  let empty = true;
  for (const word of text.split(' ')) {
    const joined = empty ? current + word : `${current} ${word}`;
    empty = false;
    if (columnsOf(joined) <= width) {
      current = joined;
      continue;
    }
    if (current.trim() !== '') done.push(current);
    const cut = pieces(word, width, done.length > 0 ? indent : '', indent);
    current = cut.pop() ?? '';
    for (const piece of cut) done.push(piece);
  }
  return [...done, current];
}

/** The word in pieces, each after its indent. */
function pieces(word: string, width: number, first: string, indent: string): string[] {
  const done: string[] = [];
  if (ASCII.test(word)) {
    let at = width - first.length;
    done.push(first + word.slice(0, at));
    for (const step = width - indent.length; at < word.length; at += step)
      done.push(indent + word.slice(at, at + step));
    return done;
  }
  let [current, used] = [first, first.length];
  for (const { segment } of graphemesIn(word)) {
    const columns = columnsOf(segment);
    if (used + columns > width && used > (done.length > 0 ? indent : first).length) {
      done.push(current);
      [current, used] = [indent, indent.length];
    }
    current += segment;
    used += columns;
  }
  return [...done, current];
}

/** One or several lines. */
export type Cell = string | readonly string[];

const linesOf = (cell: Cell): readonly string[] => (typeof cell === 'string' ? [cell] : cell);

/**
 * A table that fits the terminal: the widest columns give way first. Its cost is that of its text.
 * @param paint colours the lines of a cell after they were laid out
 */
export function table(
  io: Pick<CliIo, 'columns'>,
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  paint: (text: string, column: number, row: number) => string = (text) => text,
): Shown {
  const safe = [head, ...rows].map((row) => row.map((cell) => linesOf(cell).map(visible)));
  const widths = fit(naturalWidths(safe), widthOf(io) - head.length * COLUMN_FRAME - 1);
  const compact = safe.slice(1).every((row) => row.every((cell) => cell.length === 1));
  const rule = (left: string, cross: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width + COLUMN_FRAME - 1)).join(cross)}${right}\n`;
  const between = rule('├', '┼', '┤');
  const made = [rule('┌', '┬', '┐')];
  safe.forEach((row, index) => {
    if (index === 1 || (index > 1 && !compact)) made.push(between);
    const cells = row.map((cell, column) => cell.flatMap((one) => wrap(one, widths[column], '  ')));
    const height = cells.reduce((most, cell) => Math.max(most, cell.length), 0);
    for (let at = 0; at < height; at++) {
      const parts = cells.map((cell, column) => {
        const text = cell[at] ?? '';
        const shown = index === 0 || text === '' ? text : paint(text, column, index - 1);
        return ` ${shown}${' '.repeat(Math.max(widths[column] - columnsOf(text), 0))} `;
      });
      made.push(`│${parts.join('│')}│\n`);
    }
  });
  return [...made, rule('└', '┴', '┘')].join('') as Shown;
}

function naturalWidths(rows: readonly (readonly (readonly string[])[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      for (const one of cell) widths[column] = Math.max(widths[column] ?? 1, columnsOf(one));
    });
  return widths;
}

function fit(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest] <= MIN_COLUMN) break;
    widths[widest]--;
    over--;
  }
  return widths;
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 || noun === 'info' ? '' : 's'}`;
}
