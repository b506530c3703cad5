import { resourceKey } from '../../lib/template/model/place';
import { type RuleSeverity } from '../../lib/checks/rule';
import { grouped } from '../../lib/lookup/grouped';
import { type AnyApi, type ApiModel } from '../../lib/template/model/model';
import { type TemplateSource } from '../../lib/template/reader/source';
import { apiNames } from './api-names';
import { type CliIo, linesOf, SEVERITIES } from './io';
import { type Note } from './note';
import { seenInPart } from './seen-in-part';
import { line, lines, shown, type Shown } from './shown';
import { lackingStages, type LackingStage, lackText, pasteLines, worstOf } from './stage-settings';
import { type Cell, count, table } from './table';
import { placeText, type ToldFinding } from './told';

/** Red, yellow and cyan. */
const COLORS: Readonly<Record<RuleSeverity, number>> = { error: 31, warning: 33, info: 36 };

/** The contents of a report. */
export interface Findings {
  readonly model: ApiModel;
  readonly findings: readonly ToldFinding[];
  readonly sources: readonly TemplateSource[];
  /** Whether the settings that a stage lacks are one finding. */
  readonly isGrouped: boolean;
}

/**
 * The report for people: a table for each API, counts, and what was not checked.
 * @param more what the counts leave out
 */
export function findingsText(report: Findings, more: string, notes: readonly Note[], io: CliIo): Shown {
  const groups = [...grouped(report.findings, placeOf(report.model))];
  const parts = groups.map(([title, found]) => ({ title, ...partsOf(found, report.isGrouped) }));
  return shown([
    ...parts.flatMap(({ title, stages, others }) => [
      line(title),
      findingTable(others, stages, io),
      ...stages.flatMap((stage) => pasteText(stage, report.sources)),
      line(''),
    ]),
    line(`${summary(report.model, parts)}${more}`),
    lines(seenInPart(report.model)),
    ...(notes.length > 0 ? [line('Not checked:')] : []),
    lines(notes.map(({ what, reason }) => `  ${what}: ${reason}`)),
  ]);
}

type Parts = ReturnType<typeof lackingStages>;

const partsOf = (findings: readonly ToldFinding[], isGrouped: boolean): Parts =>
  isGrouped ? lackingStages(findings) : { stages: [], others: findings };

/** The API that a finding belongs to, else its template. */
function placeOf(model: ApiModel): (finding: ToldFinding) => string {
  const names = apiNames(model);
  return (finding) => {
    // A log group belongs to no API, but its stage does.
    const place = finding.lack?.location ?? finding;
    const name = names.get(resourceKey(place));
    return name === undefined ? place.template : `${name} (${place.template})`;
  };
}

type Row = readonly [severity: RuleSeverity, id: Cell, finding: Cell];

/** One row per rule, since its fix is the same at all places; and one for all that a stage lacks. */
function findingTable(findings: readonly ToldFinding[], stages: readonly LackingStage[], io: CliIo): Shown {
  const rules = grouped(findings, ({ severity, id, fix }) => `${severity} ${id} ${fix}`);
  const rows: Row[] = [
    ...[...rules.values()].map((same): Row => [same[0].severity, same[0].id, placesText(same)]),
    ...stages.map((stage): Row => [worstOf(stage), stage.findings.map(({ id }) => id), lackText(stage)]),
  ];
  rows.sort(([a], [b]) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b));
  return table(io, ['severity', 'id', 'finding'], rows, (text, column, row) =>
    io.color && column === 0 ? `\u001b[${COLORS[rows[row][0]]}m${text}\u001b[39m` : text,
  );
}

const placesText = (same: readonly ToldFinding[]): string[] => [
  ...same.flatMap((one) => [one.message, `  at ${placeText(one)}`]),
  ...linesOf(`fix: ${same[0].fix}`),
];

/** The fix for all that a stage lacks; outside of the table, so it can be pasted. */
function pasteText(stage: LackingStage, sources: readonly TemplateSource[]): Shown[] {
  const { pasted, left } = pasteLines(stage, sources);
  return [
    ...(pasted.length > 0 ? [line(`fix: merge this to add what ${stage.stage} lacks:`)] : []),
    lines(pasted.map((one) => `  ${one}`)),
    ...left.map(({ fix, id }) => lines(linesOf(`fix of ${id}: ${fix}`))),
  ];
}

/** The settings that a stage lacks count as one. */
function summary(model: ApiModel, parts: readonly Parts[]): string {
  const where = `in ${apiCount(model)} of ${count(model.templates.length, 'template')}`;
  const severities = parts.flatMap(({ stages, others }) => [
    ...others.map(({ severity }) => severity),
    ...stages.map(worstOf),
  ]);
  const counted = SEVERITIES.map(
    (severity) => [severity, severities.filter((one) => one === severity).length] as const,
  ).filter(([, number]) => number > 0);
  if (counted.length === 0) return `No findings ${where}.`;
  return `${counted.map(([severity, number]) => count(number, severity)).join(', ')} ${where}.`;
}

/** `1 REST API, 2 HTTP APIs and parts of 1 REST API`. */
function apiCount({ restApis, httpApis, webSocketApis }: ApiModel): string {
  const all = { REST: restApis, HTTP: httpApis, WebSocket: webSocketApis };
  const counts = [false, true].flatMap((inPart) =>
    Object.entries<readonly AnyApi[]>(all).flatMap(([kind, apis]) => {
      const number = apis.filter(({ reference }) => (reference !== undefined) === inPart).length;
      return number > 0 ? `${inPart ? 'parts of ' : ''}${count(number, `${kind} API`)}` : [];
    }),
  );
  const last = counts.pop();
  if (last === undefined) return count(0, 'API');
  return counts.length > 0 ? `${counts.join(', ')} and ${last}` : last;
}
