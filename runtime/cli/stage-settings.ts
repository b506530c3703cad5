import { type RuleSeverity, type StageLack, type StageSetting } from '../../lib/checks/rule';
import { grouped } from '../../lib/lookup/grouped';
import { type TemplateSource } from '../../lib/template/reader/source';
import { SEVERITIES } from './io';
import { cdkLines } from './stage-paste-cdk';
import { partLines, pasteFor } from './stage-paste';
import { originOf, placeText, type ToldFinding } from './told';

type Lacking = ToldFinding & { readonly lack: StageLack };

/** The settings that one stage lacks, which the table shows as one finding. */
export interface LackingStage {
  readonly stage: string;
  readonly findings: readonly Lacking[];
}

const WORDS: Readonly<Record<StageSetting, string>> = {
  throttle: 'a throttle',
  'access log': 'an access log',
  'log retention': 'log retention',
  'execution log': 'an execution log',
  'role for logs': 'a dependency on the role for logs',
  tracing: 'tracing',
  metrics: 'detailed metrics',
  'TLS 1.2': 'a minimum of TLS 1.2',
  'web ACL': 'a web ACL',
};

/** The stages that lack several settings, and the findings that belong to none of them. */
export function lackingStages(findings: readonly ToldFinding[]): {
  readonly stages: readonly LackingStage[];
  readonly others: readonly ToldFinding[];
} {
  const lacking = findings.filter((one): one is Lacking => one.lack !== undefined);
  const byStage = grouped(lacking, ({ lack: { stage, location } }) =>
    JSON.stringify([stage, location.template, location.logicalId, location.path]),
  );
  const several = [...byStage.values()].filter((found) => found.length > 1);
  const together = new Set<ToldFinding>(several.flat());
  return {
    stages: several.map((found) => ({ stage: found[0].lack.stage, findings: found })),
    others: findings.filter((one) => !together.has(one)),
  };
}

export const worstOf = ({ findings }: LackingStage): RuleSeverity =>
  SEVERITIES.find((severity) => findings.some((one) => one.severity === severity)) ?? 'info';

/** What the stage lacks, and the place of the stage. */
export function lackText({ stage, findings }: LackingStage): string[] {
  const lacks = settingsOf(findings).map((setting) => WORDS[setting]);
  const listed = [lacks.slice(0, -1).join(', '), ...lacks.slice(-1)].join(' and ');
  // Some settings are those of the API or of a log group.
  const first = findings.find(({ logicalId, lack }) => logicalId === lack.location.logicalId) ?? findings[0];
  return [`${stage} has no ${listed.replace(/\ban? /g, '')}`, `  at ${placeText({ ...first, path: '' })}`];
}

const settingsOf = (findings: readonly Lacking[]): StageSetting[] =>
  (Object.keys(WORDS) as StageSetting[]).filter((setting) => findings.some(({ lack }) => lack.setting === setting));

/** The lines that give the stage what it lacks, to be pasted, and the findings that they leave. */
export function pasteLines(
  { findings }: LackingStage,
  sources: readonly TemplateSource[],
): { readonly pasted: readonly string[]; readonly left: readonly ToldFinding[] } {
  const [{ lack }] = findings;
  const source = sources.find(({ file }) => file === lack.location.template);
  const lacks = settingsOf(findings);
  if (source && originOf(source) === 'cdk') return { pasted: cdkLines(lack.isV2, lacks), left: [] };
  const of = (setting: StageSetting) => findings.find((one) => one.lack.setting === setting)?.logicalId;
  const ids = { stage: lack.location.logicalId, api: of('TLS 1.2'), logGroup: of('log retention') };
  const paste = source && pasteFor(source, ids, lacks, lack.isV2);
  if (!paste) return { pasted: [], left: findings };
  return {
    pasted: partLines(paste.part, source.file.endsWith('.json')),
    left: findings.filter((one) => paste.left.includes(one.lack.setting)),
  };
}
