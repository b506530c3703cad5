import { CHANGE_CLASSES } from '../../lib/diff/change';
import { CLASS_WORDS, type DiffRow, rowsByApi, SHARED, type ToldChange } from './diff-rows';
import { type CliIo } from './io';
import { line, shown, type Shown } from './shown';
import { type Cell, count, table } from './table';

const MAX_SUBJECTS = 5;

/** A table for each API; the most important rows first. */
export function diffText(changes: readonly ToldChange[], io: CliIo): Shown {
  const apis = [...rowsByApi(changes)].map(([api, rows]) =>
    shown([line(api === '' ? SHARED : api), table(io, HEAD, rows.map(cellsOf)), line('')]),
  );
  return shown([...apis, line(summaryLine(changes))]);
}

const HEAD = ['callers', 'what', 'before', 'after', 'because'];

function cellsOf({ class: name, what, before, after, why, subjects, place }: DiffRow): Cell[] {
  const more = subjects.length - MAX_SUBJECTS;
  const named = [...subjects.slice(0, MAX_SUBJECTS), ...(more > 0 ? [`and ${more} more`] : [])];
  return [CLASS_WORDS[name], [...named, what, `  at ${place}`], before ?? '–', after ?? '–', why];
}

/** `3 changes: 1 breaks callers, 2 harmless` */
export function summaryLine(changes: readonly ToldChange[]): string {
  if (changes.length === 0) return 'No change that callers see.';
  const counts = CHANGE_CLASSES.flatMap((name) => {
    const number = changes.filter((one) => one.class === name).length;
    return number === 0 ? [] : [`${number} ${SUMMARY_WORDS[name]}`];
  });
  return `${count(changes.length, 'change')}: ${counts.join(', ')}`;
}

const SUMMARY_WORDS = { ...CLASS_WORDS, breaking: 'breaking', opening: 'opening' };
