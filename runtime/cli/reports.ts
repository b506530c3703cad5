import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import junit from 'junit-report-builder';
import { version } from '../../package.json';
import { labelledFixes } from '../../lib/checks/fix';
import { RULES } from '../../lib/checks/registry';
import { type RuleSeverity } from '../../lib/checks/rule';
import { type FilePlace } from '../../lib/template/reader/place-of';
import { linesOf } from './io';
import { json, shown, type Shown, visible, workflowCommand, written } from './shown';
import { linesAt, type ToldFinding } from './told';

/** The findings in a format that other programs take. */
export type Report = (findings: readonly ToldFinding[]) => Shown;

const HOME = 'https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs';

const LEVELS: Readonly<Record<RuleSeverity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const placeOf = ({ logicalId, path }: Pick<ToldFinding, 'logicalId' | 'path'>): string =>
  [logicalId, path].filter(Boolean).join('.');

/** A file name as a URI, from the folder where the command runs. */
const uriOf = (file: string): string =>
  file
    .split(/[/\\]/)
    .map((segment) => encodeURIComponent(Buffer.from(segment).toString()))
    .join('/');

/** Where to correct it: the line of the app, if it is known, as the template is made from it; else that of the template. */
const lineOf = ({ code, place }: ToldFinding): FilePlace | undefined => code ?? place;

/** JSON: each finding with its file, line and column. */
export function findingsJson(findings: readonly ToldFinding[]): Shown {
  return json(findings.map(({ segments: _, lack: __, place, code, ...finding }) => ({ ...finding, ...place, code })));
}

/** SARIF 2.1.0, e.g. for code scanning. */
export function sarif(findings: readonly ToldFinding[]): Shown {
  const run = new SarifRunBuilder().initSimple({ toolDriverName: 'apigw', toolDriverVersion: version, url: HOME });
  const found = new Set(findings.map(({ id }) => id));
  for (const { id, title, why, fix, link } of RULES.filter((rule) => found.has(rule.id))) {
    const rule = new SarifRuleBuilder().initSimple({
      ruleId: id,
      shortDescriptionText: title,
      fullDescriptionText: why,
      helpUri: link,
    });
    rule.rule.help = { text: labelledFixes(fix).join('\n') };
    run.addRule(rule);
  }
  for (const finding of findings) {
    const result = new SarifResultBuilder().initSimple({
      level: LEVELS[finding.severity],
      messageText: `${finding.message} (at ${placeOf(finding)})`,
      ruleId: finding.id,
      fileUri: uriOf(lineOf(finding)?.file ?? finding.template),
      startLine: lineOf(finding)?.line ?? 1,
      startColumn: lineOf(finding)?.column ?? 1,
    });
    const [location] = result.result.locations ?? [];
    if (location) location.logicalLocations = [{ fullyQualifiedName: placeOf(finding), kind: 'resource' }];
    // The builder ends each in column 1, which may be before it starts; without an end it is the rest of the line.
    const region = location?.physicalLocation?.region;
    if (region) {
      delete region.endLine;
      delete region.endColumn;
    }
    if (finding.code && finding.place) result.result.relatedLocations = [templateLocation(finding.place)];
    // Lines of a template move with every synth; without this every move would be a new finding.
    result.result.partialFingerprints = {
      'apigw/v1': [finding.id, finding.template, placeOf(finding), finding.key].filter(Boolean).join('|'),
    };
    run.addResult(result);
  }
  const builder = new SarifBuilder();
  builder.addRun(run);
  // Its own text refuses findings that hold a word of the builder's.
  return json(builder.buildSarifOutput());
}

/** The template, in addition to the code of the app. */
const templateLocation = ({ file, line, column }: FilePlace) => ({
  message: { text: 'in the template' },
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column } },
});

/** JUnit: a suite for each template, a test for each finding; those of severity error fail, others are skipped. */
export function junitXml(findings: readonly ToldFinding[]): Shown {
  const report = junit.newBuilder();
  const suites = new Map<string, ReturnType<typeof report.testSuite>>();
  for (const finding of findings) {
    const suite = suites.get(finding.template) ?? report.testSuite().name(visible(finding.template));
    suites.set(finding.template, suite);
    const test = suite
      .testCase()
      .className(finding.id)
      .name(visible(`${finding.id} ${placeOf(finding)}`));
    const message = visible(finding.message);
    const text = `${[...linesAt(finding), message].join('\n')}\nfix: ${finding.fix}\n${finding.link}`;
    if (finding.severity === 'error') test.failure(message, finding.id).stacktrace(text);
    else test.skipped().standardOutput(`${finding.severity}: ${text}`);
  }
  if (findings.length === 0) report.testSuite().name('apigw check').testCase().className('apigw').name('no findings');
  return written(`${report.build()}\n`);
}

/**
 * Workflow commands of GitHub Actions, which show as annotations.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github(findings: readonly ToldFinding[]): Shown {
  const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;
  return shown(
    findings.map((finding) => {
      const { id, severity, title, template, fix, link, message } = finding;
      const { file, line, column } = lineOf(finding) ?? { file: template };
      const where = { file, ...(line && { line: String(line), col: String(column) }) };
      return workflowCommand(commands[severity], { ...where, title: `${id}: ${title}` }, [
        `${message} (at ${placeOf(finding)})`,
        ...(finding.code ? linesAt(finding) : []),
        ...linesOf(`fix: ${fix}`),
        link,
      ]);
    }),
  );
}
