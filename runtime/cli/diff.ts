import { type Change, CHANGE_CLASSES, type ChangeClass } from '../../lib/diff/change';
import { diffTemplates } from '../../lib/diff/diff';
import { placeOf } from '../../lib/template/reader/place-of';
import { type TemplateSource } from '../../lib/template/reader/source';
import { diffMarkdown } from './diff-markdown';
import { type ToldChange } from './diff-rows';
import { diffText } from './diff-text';
import { type CliIo, type DiffFormat } from './io';
import { json } from './shown';
import { linesAt } from './told';

export interface DiffOptions {
  readonly format: DiffFormat;
  /** Changes of which classes make the exit code 1, in addition to breaking ones. */
  readonly failOn: readonly ChangeClass[];
}

/** `apigw diff`: how the APIs of two sets of templates differ, as callers see them; 1 if that breaks callers. */
export function diff(
  before: readonly TemplateSource[],
  after: readonly TemplateSource[],
  roots: readonly string[],
  { format, failOn }: DiffOptions,
  io: CliIo,
): number {
  const compared = diffTemplates(before, after, roots);
  const changes = compared.changes.map((change): ToldChange => ({
    ...change,
    place: placeIn(change, change.side === 'after' ? after : compared.before),
  }));
  const fails = [...new Set<ChangeClass>(['breaking', ...failOn])];
  switch (format) {
    case 'json':
      io.stdout(json({ summary: summaryOf(changes), changes: changes.map(plain) }));
      break;
    case 'markdown':
      io.stdout(diffMarkdown(changes));
      break;
    case 'table':
      io.stdout(diffText(changes, io));
  }
  return changes.some((one) => fails.includes(one.class)) ? 1 : 0;
}

function placeIn({ location }: Change, sources: readonly TemplateSource[]): string {
  const source = sources.find(({ file }) => file === location.template);
  const [line] = linesAt({ place: source && placeOf(source, location) });
  return line ?? [location.logicalId, ...location.path].join('.');
}

export const summaryOf = (changes: readonly Change[]): Record<ChangeClass, number> =>
  Object.fromEntries(
    CHANGE_CLASSES.map((name) => [name, changes.filter((one) => one.class === name).length]),
  ) as Record<ChangeClass, number>;

function plain({ location, ...change }: ToldChange): unknown {
  const { template, logicalId, path } = location;
  return { ...change, template, logicalId, path: path.join('.') };
}
