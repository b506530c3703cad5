import { type RuleSeverity } from '../../lib/checks/rule';
import { grouped } from '../../lib/lookup/grouped';
import { type ApiModel } from '../../lib/template/model/model';
import { type TemplateSource } from '../../lib/template/reader/source';
import { apiNames } from './api-names';
import { type CliIo, linesOf, SEVERITIES } from './io';
import { type Note } from './not-checked';
import { line, lines, shown, type Shown } from './shown';
import { lackingStages, type LackingStage, lackText, pasteLines, worstOf } from './stage-settings';
import { type Cell, count, table } from './table';
import { placeText, type ToldFinding } from './told';

/** Red, yellow and cyan. */
const COLORS: Readonly<Record<RuleSeverity, number>> = { error: 31, warning: 33, info: 36 };

/** What there is to report. */
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
    // A log group is of no API; what its stage lacks is.
    const { template, logicalId } = finding.lack?.location ?? finding;
    const name = names.get(`${template}#${logicalId}`);
    return name === undefined ? template : `${name} (${template})`;
  };
}

type Row = readonly [severity: RuleSeverity, id: Cell, finding: Cell];

/** One row a rule, since its fix is the same at all places; and one for all that a stage lacks. */
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
    ...(pasted.length > 0 ? [line(`fix: merge this, which gives ${stage.stage} what it lacks:`)] : []),
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

/** `1 REST API and 2 HTTP APIs`. */
function apiCount({ restApis, httpApis, webSocketApis }: ApiModel): string {
  const counted = [
    [restApis.length, 'REST API'],
    [httpApis.length, 'HTTP API'],
    [webSocketApis.length, 'WebSocket API'],
  ] as const;
  const told = counted.filter(([number]) => number > 0).map(([number, kind]) => count(number, kind));
  return told.length === 0 ? count(0, 'API') : told.join(' and ');
}
