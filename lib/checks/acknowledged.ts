import { type TemplateSource } from '../template/reader/source';
import { granularId, recordedId } from './finding-id';
import { type Finding } from './rule';

/** Findings, grouped by whether the app acknowledges them. */
export interface JudgedFindings {
  readonly open: readonly Finding[];
  /** Those that the app acknowledges, on the resource or on a construct around it. */
  readonly acknowledged: readonly Finding[];
}

/** Groups the findings by the acknowledgements that CDK wrote into the cloud assembly. */
export function judge(findings: readonly Finding[], sources: readonly TemplateSource[]): JudgedFindings {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const isAcknowledged = (finding: Finding): boolean => {
    const source = byFile.get(finding.template);
    const ids = [finding.id, granularId(finding)].filter((id) => id !== undefined).map(recordedId);
    return source !== undefined && idsAround(source, finding.logicalId).some((id) => ids.includes(id));
  };
  return {
    open: findings.filter((finding) => !isAcknowledged(finding)),
    acknowledged: findings.filter(isAcknowledged),
  };
}

/** The ids that are acknowledged on the construct of a resource, and on those around it. */
function idsAround(source: TemplateSource, logicalId: string): string[] {
  const written = source.template.Resources?.[logicalId]?.Metadata?.['aws:cdk:path'];
  const path = typeof written === 'string' ? written : source.acknowledged?.paths.get(logicalId);
  const segments = path?.split('/') ?? [];
  return segments.flatMap((_, depth) => source.acknowledged?.rules.get(segments.slice(0, depth + 1).join('/')) ?? []);
}
