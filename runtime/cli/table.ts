import Table from 'cli-table3';
import { type CliIo } from './io';

const DEFAULT_WIDTH = 120;
const MIN_WIDTH = 60;
const MAX_WIDTH = 200;
/** Border and padding of one column. */
const COLUMN_FRAME = 3;
const MIN_COLUMN = 8;

/** The width that text is laid out for. */
export function widthOf(io: CliIo): number {
  return Math.min(Math.max(io.columns ?? DEFAULT_WIDTH, MIN_WIDTH), MAX_WIDTH);
}

/**
 * The text in lines of at most so many characters; a word that is longer is cut where it must be, so that nothing is
 * ever left out.
 */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width, indent))
    .join('\n');
}

function wrapLine(line: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let current = '';
  let empty = true;
  for (const word of line.split(' ')) {
    const joined = empty ? current + word : `${current} ${word}`;
    empty = false;
    if (joined.length <= width) {
      current = joined;
      continue;
    }
    if (current.trim() !== '') lines.push(current);
    let rest = (lines.length > 0 ? indent : '') + word;
    for (; rest.length > width; rest = indent + rest.slice(width)) lines.push(rest.slice(0, width));
    current = rest;
  }
  return [...lines, current];
}

/** A table that fits the terminal: the widest columns give way first. `paint` colours a cell after it was laid out. */
export function table(
  io: CliIo,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  paint: (text: string, column: number, row: number) => string = (text) => text,
): string {
  const widths = fit(naturalWidths(head, rows), widthOf(io) - head.length * COLUMN_FRAME - 1);
  const cells = (row: readonly string[]) => row.map((cell, column) => wrap(cell, widths[column], '  '));
  const made = new Table({
    head: cells(head),
    colWidths: widths.map((width) => width + COLUMN_FRAME - 1),
    style: { head: [], border: [], compact: rows.every((row) => row.every((cell) => !cell.includes('\n'))) },
  });
  rows.forEach((row, index) => made.push(cells(row).map((cell, column) => paint(cell, column, index))));
  return made.toString();
}

function naturalWidths(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column])].flatMap((cell) => cell.split('\n').map((l) => l.length))),
  );
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
