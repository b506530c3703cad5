import { type IPolicyValidationContext, type PolicyValidationPluginReport, type PolicyViolation } from 'aws-cdk-lib';
import { sourcesOf } from '../template/assembly';
import { readModel } from '../template/read';
import { Acknowledgements } from './acknowledgements';
import { granularId, PLUGIN_NAME } from './finding-id';
import { type Finding, type Rule } from './rule';
import { runRules } from './run';

/** The report of checks that do not run. */
export const NO_FINDINGS: PolicyValidationPluginReport = { violations: [], success: true };

/** What the rules find in the templates of a context. */
export function findingsIn(context: IPolicyValidationContext, rules: readonly Rule[]): Finding[] {
  const templates = context.stackTemplates.map(({ templatePath, stackConstructPath, region, accountId }) => ({
    path: templatePath,
    stackPath: stackConstructPath,
    region,
    account: accountId,
  }));
  // What is only ever a hint is not shown at a synth, so that it need not be looked for.
  const shown = rules.filter(({ severity }) => severity !== 'info');
  return runRules(readModel(sourcesOf(templates)), shown);
}

function violationOf(finding: Finding, ruleName: string): PolicyViolation {
  const { template, logicalId, path, severity, title, message, why, fix, link } = finding;
  return {
    ruleName,
    description: `${title} — ${message}`,
    fix,
    severity,
    violatingResources: [
      { resourceLogicalId: logicalId, templatePath: template, locations: path === '' ? [] : [path] },
    ],
    ruleMetadata: { why, link, acknowledge: `${PLUGIN_NAME}::${granularId(finding) ?? finding.id}` },
  };
}

/** The findings as CDK wants them. Hints (`info`) are for the command line: a synth that prints them is not read. */
export function reportOf(
  context: IPolicyValidationContext,
  findings: readonly Finding[],
): PolicyValidationPluginReport {
  const shown = findings.filter(({ severity }) => severity !== 'info');
  const names = shown.length > 0 ? new Acknowledgements(context.appConstruct) : undefined;
  return {
    violations: shown.map((finding) => violationOf(finding, names?.ruleNameOf(finding) ?? finding.id)),
    success: shown.every(({ severity }) => severity !== 'error'),
  };
}
