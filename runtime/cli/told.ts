import { isAbsolute, relative, sep } from 'node:path';
import { fixFor, type Origin } from '../../lib/checks/fix';
import { type Finding, type Fix } from '../../lib/checks/rule';
import { codeOf, type FilePlace, placeOf } from '../../lib/template/reader/place-of';
import { type TemplateSource } from '../../lib/template/reader/source';

/** A finding as it is shown: with the fix for the author of the template, and the fixes for all other ways. */
export interface ToldFinding extends Omit<Finding, 'fix' | 'position'> {
  readonly fix: string;
  readonly fixes: Fix;
  /** Where it is written; undefined for a template that comes from no file. */
  readonly place?: FilePlace;
  /** The line of the app that CDK made it of, if CDK wrote that down. */
  readonly code?: FilePlace;
}

/** The findings with their fixes: in CloudFormation, or in all ways if CDK wrote the template. */
export function tell(findings: readonly Finding[], sources: readonly TemplateSource[]): ToldFinding[] {
  const origins = new Map(sources.map((source) => [source.file, originOf(source)]));
  const byFile = new Map(sources.map((source) => [source.file, source]));
  return findings.map(({ position, ...finding }) => {
    const source = byFile.get(finding.template);
    const { template, logicalId, segments: path } = finding;
    const location = { template, logicalId, path };
    const place = source && placeOf(source, location);
    const code = source && codeOf(source, location);
    return {
      ...finding,
      fix: fixFor(finding, origins.get(finding.template) ?? 'cloudFormation'),
      fixes: finding.fix,
      place: place && { ...place, ...position },
      code: code && { ...code, file: fromHere(code.file) },
    };
  });
}

/** `Api.Properties.Name (template.yaml:12:7)`. */
export function placeText(finding: Pick<ToldFinding, 'logicalId' | 'path' | 'place' | 'code'>): string {
  const lines = linesAt(finding);
  const where = [finding.logicalId, finding.path].filter(Boolean).join('.');
  return lines.length === 0 ? where : `${where} (${lines.reverse().join(', ')})`;
}

/** `template.yaml:12:7`, and the same of the line of the app. */
export const linesAt = ({ place, code }: Pick<ToldFinding, 'place' | 'code'>): string[] =>
  [place, code].flatMap((one) => (one ? [`${one.file}:${one.line}:${one.column}`] : []));

/** The path from the folder where the command runs, if it is inside. */
function fromHere(file: string): string {
  const from = relative(process.cwd(), file);
  return from.startsWith('..') || isAbsolute(from) ? file : from.split(sep).join('/');
}

/** A stack of a cloud assembly has a name; for a template alone, CDK's metadata shows it. */
export function originOf({ stackName, stackPath, template }: TemplateSource): Origin {
  const isCdk =
    stackName !== undefined ||
    stackPath !== undefined ||
    Object.values(template.Resources ?? {}).some(
      (resource) => resource?.Type === 'AWS::CDK::Metadata' || resource?.Metadata?.['aws:cdk:path'] !== undefined,
    );
  return isCdk ? 'cdk' : 'cloudFormation';
}
