import { judge } from '../../lib/checks/acknowledged';
import { granularId } from '../../lib/checks/finding-id';
import { runRules } from '../../lib/checks/run';
import { type Finding, type Framework, type RuleSeverity } from '../../lib/checks/rule';
import { type AnyApi, type ApiModel } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { apiNames } from './api-names';
import { DEFAULT_CONFIG, readConfig } from './config';
import { grouped } from '../../lib/lookup/grouped';
import { type CheckFormat, type CliIo, linesOf, SEVERITIES, type Severity } from './io';
import { github, junitXml, type Report, sarif } from './reports';
import { rulesNamed } from './rules';
import { seenInPart } from './seen-in-part';
import { json, line, shown, type Shown } from './shown';
import { type Cell, count, table } from './table';
import { tell, type ToldFinding } from './told';

/** Red, yellow and cyan. */
const COLORS: Readonly<Record<RuleSeverity, number>> = { error: 31, warning: 33, info: 36 };

/** What to check, and how to tell. */
export interface CheckOptions {
  readonly format: CheckFormat;
  readonly severity: Severity;
  /** Ids of the only rules to run; all if the list is empty. */
  readonly rules: readonly string[];
  readonly framework?: Framework;
  /** File with acknowledgements. */
  readonly config?: string;
  /** The templates as they were, under the names that they have now. */
  readonly previous?: readonly TemplateSource[];
}

const REPORTS: Readonly<Record<Exclude<CheckFormat, 'table'>, Report>> = {
  json,
  sarif,
  junit: junitXml,
  github,
};

/** `apigw check`: what goes wrong with the APIs of the templates. */
export function check(sources: readonly TemplateSource[], options: CheckOptions, io: CliIo): number {
  const { format, severity, framework } = options;
  const rules = rulesNamed(options.rules).filter(({ sameAs }) => framework === undefined || sameAs?.[framework]);
  const config = readConfig(options.config, new Date().toISOString().slice(0, 10));
  const model = readModel(sources, options.previous);
  const judged = judge(runRules(model, rules), sources);
  const open = judged.open.filter((finding) => !config.isAcknowledged(finding));
  const isShown = (finding: Finding): boolean => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity);
  const told = tell(open.filter(isShown), sources);
  config.expired.forEach((text) => io.stderr(line(`apigw: ${text}`)));
  if (format === 'table') {
    const inFile = judged.open.filter((finding) => config.isAcknowledged(finding));
    const answered =
      answeredLine(judged.acknowledged.filter(isShown), 'in the app') +
      answeredLine(inFile.filter(isShown), `in ${options.config ?? DEFAULT_CONFIG}`);
    const last = `${summary(model, told)}${hiddenLine(open, told)}${answered}`;
    const notes = seenInPart(model);
    io.stdout(shown([...findingTables(model, told, io), line(last), ...notes.map(line)]));
  } else {
    io.stdout(REPORTS[format](told));
  }
  return open.some((finding) => finding.severity === 'error') ? 1 : 0;
}

/** Counts hidden findings and shows the option that displays them. */
function hiddenLine(open: readonly Finding[], told: readonly ToldFinding[]): string {
  const hidden = SEVERITIES.filter((severity) => !told.some((one) => one.severity === severity)).map(
    (severity) => [severity, open.filter((one) => one.severity === severity).length] as const,
  );
  const left = hidden.filter(([, number]) => number > 0);
  const last = left.at(-1);
  return last
    ? ` Not shown: ${left.map(([one, number]) => count(number, one)).join(', ')} (--severity ${last[0]}).`
    : '';
}

/** Counts acknowledged findings, so they do not look absent. */
function answeredLine(findings: readonly Finding[], where: string): string {
  if (findings.length === 0) return '';
  const ids = [...new Set(findings.map((finding) => granularId(finding) ?? finding.id))];
  return ` ${count(findings.length, 'finding')} acknowledged ${where}: ${ids.join(', ')}.`;
}

/** A table for each API, under its name. */
function findingTables(model: ApiModel, findings: readonly ToldFinding[], io: CliIo): Shown[] {
  const groups = [...grouped(findings, placeOf(model))];
  return groups.flatMap(([title, found]) => [line(title), findingTable(found, io), line('')]);
}

/** The API that a finding belongs to, else its template. */
function placeOf(model: ApiModel): (finding: ToldFinding) => string {
  const names = apiNames(model);
  return ({ template, logicalId }) => {
    const name = names.get(`${template}#${logicalId}`);
    return name === undefined ? template : `${name} (${template})`;
  };
}

/** One row a rule: what to do is said once, however many places there are. */
function findingTable(findings: readonly ToldFinding[], io: CliIo): Shown {
  const rules = grouped(findings, ({ severity, id, fix }) => `${severity} ${id} ${fix}`);
  const rows = [...rules.values()].map((same): [RuleSeverity, string, Cell] => [
    same[0].severity,
    same[0].id,
    [
      ...same.flatMap(({ message, logicalId, path }) => [
        message,
        `  at ${[logicalId, path].filter(Boolean).join('.')}`,
      ]),
      ...linesOf(`fix: ${same[0].fix}`),
    ],
  ]);
  return table(io, ['severity', 'id', 'finding'], rows, (text, column, row) =>
    io.color && column === 0 ? `\u001b[${COLORS[rows[row][0]]}m${text}\u001b[39m` : text,
  );
}

function summary(model: ApiModel, findings: readonly ToldFinding[]): string {
  const where = `in ${apiCount(model)} of ${count(model.templates.length, 'template')}`;
  if (findings.length === 0) return `No findings ${where}.`;
  const counted = SEVERITIES.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  )
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => count(number, severity));
  return `${counted.join(', ')} ${where}.`;
}

/** `1 REST API, 2 HTTP APIs and parts of 1 REST API`. */
function apiCount({ restApis, httpApis, webSocketApis }: ApiModel): string {
  const all = { REST: restApis, HTTP: httpApis, WebSocket: webSocketApis };
  const told = [false, true].flatMap((inPart) =>
    Object.entries<readonly AnyApi[]>(all).flatMap(([kind, apis]) => {
      const number = apis.filter(({ reference }) => (reference !== undefined) === inPart).length;
      return number > 0 ? `${inPart ? 'parts of ' : ''}${count(number, `${kind} API`)}` : [];
    }),
  );
  const last = told.pop();
  if (last === undefined) return count(0, 'API');
  return told.length > 0 ? `${told.join(', ')} and ${last}` : last;
}
