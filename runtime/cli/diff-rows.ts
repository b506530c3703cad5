import { type Change, type ChangeClass } from '../../lib/diff/change';
import { grouped } from '../../lib/lookup/grouped';

/** A change, and the place in the file. */
export interface ToldChange extends Change {
  /** `template.yaml:12:7`; of a template that is in no file, `Api.Properties.Body`. */
  readonly place: string;
}

/** Changes that say the same of several routes, stages… are one row. */
export interface DiffRow {
  readonly class: ChangeClass;
  /** `authorization changed`, `removed` */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  readonly why: string;
  /** `route GET /orders` */
  readonly subjects: readonly string[];
  /** Of the first of them. */
  readonly place: string;
}

/** By API, in the order of what hurts most. */
export function rowsByApi(changes: readonly ToldChange[]): ReadonlyMap<string, readonly DiffRow[]> {
  const apis = grouped(changes, ({ api }) => api ?? '');
  return new Map([...apis].map(([api, ofApi]) => [api, rowsOf(ofApi)]));
}

function rowsOf(changes: readonly ToldChange[]): DiffRow[] {
  const same = grouped(changes, (one) =>
    JSON.stringify([one.class, one.change, one.kind, one.aspect, one.before, one.after, one.why]),
  );
  return [...same.values()].map((group): DiffRow => {
    const [first] = group;
    return {
      ...{ class: first.class, ...shortened(first.before, first.after) },
      ...{ why: first.why, place: first.place },
      what: first.aspect ?? first.change,
      subjects: group.map(({ kind, subject }) => (kind === 'API' ? subject : `${kind} ${subject}`)),
    };
  });
}

const MAX_VALUE = 80;
/** Characters before the first difference. */
const CONTEXT = 20;

/** A schema may be longer than all of the table, so both values begin shortly before they differ; JSON has all of them. */
export function shortened(before?: string, after?: string): Pick<DiffRow, 'before' | 'after'> {
  const difference = firstDifference(before ?? '', after ?? '');
  const start = difference + CONTEXT > MAX_VALUE ? difference - CONTEXT : 0;
  const part = (text: string | undefined): string | undefined => {
    if (text === undefined || text.length <= MAX_VALUE) return text;
    return `${start > 0 ? '…' : ''}${text.slice(start, start + MAX_VALUE)}${text.length > start + MAX_VALUE ? '…' : ''}`;
  };
  return { before: part(before), after: part(after) };
}

function firstDifference(before: string, after: string): number {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return before === '' || after === '' ? 0 : at;
}

/** As people say it. */
export const CLASS_WORDS: Readonly<Record<ChangeClass, string>> = {
  breaking: 'breaks callers',
  opening: 'opens',
  unknown: 'unknown',
  harmless: 'harmless',
};

/** What belongs to no single API. */
export const SHARED = 'Domains, usage plans and API keys';
