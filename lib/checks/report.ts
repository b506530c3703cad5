import {
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stage,
} from 'aws-cdk-lib';
import { sourcesOf } from '../template/reader/assembly';
import { inPlaceOf } from '../template/reader/previous';
import { readModel } from '../template/reader/read';
import { type TemplateSource } from '../template/reader/source';
import { Acknowledgements, type GranularAcknowledgement } from './acknowledgements';
import { ConstructIndex } from './constructs';
import { granularId, PLUGIN_NAME } from './finding-id';
import { fixFor } from './fix';
import { type Finding, type Rule } from './rule';
import { runRules } from './run';

/** The report of checks that do not run. */
export const NO_FINDINGS: PolicyValidationPluginReport = { violations: [], success: true };

/**
 * The findings of the rules in the templates of a context.
 * @param previous the templates of an earlier assembly
 */
export function findingsIn(
  context: IPolicyValidationContext,
  rules: readonly Rule[],
  previous: readonly TemplateSource[] = [],
): Finding[] {
  const templates = context.stackTemplates.map(({ templatePath, stackConstructPath, region, accountId }) => ({
    path: templatePath,
    stackPath: stackConstructPath,
    region,
    account: accountId,
  }));
  // A rule that is only a hint is not shown at a synth, so it is skipped.
  const shown = rules.filter(({ severity }) => severity !== 'info');
  const sources = sourcesOf(templates);
  const { appConstruct } = context;
  const roots = Stage.isStage(appConstruct) ? [appConstruct.outdir] : [];
  return runRules(readModel(sources, inPlaceOf(sources, previous, roots)), shown);
}

/** The violation of one finding, or of several that are acknowledged alike. */
function violationOf(
  [finding, ...others]: readonly Finding[],
  ruleName: string,
  index: ConstructIndex,
): PolicyViolation {
  const { template, logicalId, path, severity, title, message, why, link } = finding;
  const places = [path, ...others.map((other) => other.path)].filter((place) => place !== '');
  const alike =
    others.length > 0 ? `; and ${others.length} more for this resource, acknowledged for the same reason` : '';
  return {
    ruleName,
    description: `${title} — ${message}${alike}`,
    fix: fixFor(finding, index.originOf(finding)),
    severity,
    violatingResources: [{ resourceLogicalId: logicalId, templatePath: template, locations: places }],
    ruleMetadata: { why, link, acknowledge: `${PLUGIN_NAME}::${granularId(finding) ?? finding.id}` },
  };
}

/**
 * The findings in the format of CDK. Hints (`info`) are for the command line: at every synth, they would be noise.
 * @param index the constructs that created the resources of the findings
 */
export function reportOf(
  context: IPolicyValidationContext,
  findings: readonly Finding[],
  index: ConstructIndex = new ConstructIndex(context.appConstruct),
): PolicyValidationPluginReport {
  const shown = findings.filter(({ severity }) => severity !== 'info');
  return {
    violations: shown.length > 0 ? violationsOf(shown, new Acknowledgements(context.appConstruct, index), index) : [],
    success: shown.every(({ severity }) => severity !== 'error'),
  };
}

/**
 * One violation for each open finding, and one for all of a rule on one resource that are acknowledged for the same
 * reason, by route: CDK writes half a screen of the report for each.
 */
function violationsOf(
  findings: readonly Finding[],
  acknowledgements: Acknowledgements,
  index: ConstructIndex,
): PolicyViolation[] {
  const groups = new Map<string | Finding, { readonly ruleName: string; readonly findings: Finding[] }>();
  for (const finding of findings) {
    const acknowledged = acknowledgements.granularOf(finding);
    const key = acknowledged ? alikeKey(finding, acknowledged) : finding;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { ruleName: acknowledged?.name ?? finding.id, findings: [finding] });
  }
  return [...groups.values()].map((group) => violationOf(group.findings, group.ruleName, index));
}

function alikeKey(finding: Finding, { path, reason }: GranularAcknowledgement): string {
  const { id, severity, template, logicalId } = finding;
  return JSON.stringify([id, severity, template, logicalId, path, reason]);
}
