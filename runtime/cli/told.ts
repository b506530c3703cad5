import { fixFor, type Origin } from '../../lib/checks/fix';
import { type Finding, type Fix } from '../../lib/checks/rule';
import { type TemplateSource } from '../../lib/template/reader/source';

/** A finding as it is shown: with the fix for the author of the template, and the fixes for all other ways. */
export interface ToldFinding extends Omit<Finding, 'fix'> {
  readonly fix: string;
  readonly fixes: Fix;
}

/** The findings with what to write instead: in CloudFormation, or in all the ways where CDK wrote the template. */
export function tell(findings: readonly Finding[], sources: readonly TemplateSource[]): ToldFinding[] {
  const origins = new Map(sources.map((source) => [source.file, originOf(source)]));
  return findings.map((finding) => ({
    ...finding,
    fix: fixFor(finding, origins.get(finding.template) ?? 'cloudFormation'),
    fixes: finding.fix,
  }));
}

/** A stack of a cloud assembly has a name; of a template alone, CDK's metadata tells. */
function originOf({ stackName, stackPath, template }: TemplateSource): Origin {
  const isCdk =
    stackName !== undefined ||
    stackPath !== undefined ||
    Object.values(template.Resources ?? {}).some(
      (resource) => resource?.Type === 'AWS::CDK::Metadata' || resource?.Metadata?.['aws:cdk:path'] !== undefined,
    );
  return isCdk ? 'cdk' : 'cloudFormation';
}
