import { judge } from '../../lib/checks/acknowledged';
import { granularId } from '../../lib/checks/finding-id';
import { runRules } from '../../lib/checks/run';
import { type Finding, type Framework } from '../../lib/checks/rule';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { DEFAULT_CONFIG, readConfig } from './config';
import { findingsText } from './findings-text';
import { type CheckFormat, type CliIo, SEVERITIES, type Severity } from './io';
import { notesOf } from './not-checked';
import { count } from './table';
import { findingsJson, github, junitXml, type Report, sarif } from './reports';
import { rulesNamed } from './rules';
import { line } from './shown';
import { tell, type ToldFinding } from './told';

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
  /** Files that could not be read, a line for each. */
  readonly unread?: readonly string[];
}

const REPORTS: Readonly<Record<Exclude<CheckFormat, 'table'>, Report>> = {
  json: findingsJson,
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
    const last = `${hiddenLine(open, told)}${answered}`;
    const report = { model, findings: told, sources, isGrouped: options.rules.length === 0 };
    io.stdout(findingsText(report, last, notesOf(model, sources, options), io));
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
