import { type AnyStage, type ApiModel, type LambdaPermission } from '../template/model/model';
import { stageLabel } from './queries/common';
import { RULES } from './registry';
import {
  type ApiKind,
  type Finding,
  type Rule,
  type RuleSeverity,
  type StageLack,
  type StageSetting,
  type Violation,
} from './rule';
import { urgencyOf } from './urgency';

const ORDER: Readonly<Record<RuleSeverity, number>> = { error: 0, warning: 1, info: 2 };

const milder = (a: RuleSeverity, b: RuleSeverity): RuleSeverity => (ORDER[a] > ORDER[b] ? a : b);

function findingOf(model: ApiModel, rule: Rule, violation: Violation): Finding {
  const { message, key, position, stage } = violation;
  const location = model.written(violation.location);
  return {
    id: rule.id,
    severity: milder(violation.severity ?? rule.severity, rule.severity),
    title: rule.title,
    message,
    why: rule.why,
    fix: rule.fix,
    link: rule.link,
    ...(key === undefined ? {} : { key }),
    template: location.template,
    logicalId: location.logicalId,
    path: location.path.join('.'),
    segments: location.path,
    ...(position && { position }),
    ...(stage && rule.setting && { lack: lackOf(model, rule.setting, stage) }),
  };
}

const lackOf = (model: ApiModel, setting: StageSetting, stage: AnyStage): StageLack => ({
  setting,
  stage: stageLabel(stage),
  isV2: 'routeSettings' in stage,
  location: model.written(stage.location),
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(a: Finding, b: Finding): number {
  return (
    ORDER[a.severity] - ORDER[b.severity] ||
    urgencyOf(a.id) - urgencyOf(b.id) ||
    compare(a.template, b.template) ||
    compare(a.logicalId, b.logicalId) ||
    compare(a.path, b.path) ||
    compare(a.id, b.id) ||
    compare(a.message, b.message)
  );
}

type ListOfModel = {
  [Part in keyof ApiModel]: ApiModel[Part] extends readonly unknown[] ? Part : never;
}[keyof ApiModel];

/** The kinds that rules apply to; if the model has none of them, they find nothing, and need not be compiled. */
const SEEN: Readonly<Record<ApiKind, readonly NonNullable<ListOfModel>[]>> = {
  rest: [
    'restApis',
    'detachedStages',
    'usagePlans',
    'apiKeys',
    'accounts',
    'alarms',
    'vpcLinks',
    'documentationParts',
    'documentationVersions',
    'domainMappings',
    'routingRules',
    'untransformed',
    'samFaults',
    'duplicateKeys',
  ],
  http: ['httpApis', 'detachedV2Stages'],
  websocket: ['webSocketApis', 'detachedV2Stages', 'connectionStatements'],
  domain: ['domainNames', 'domainMappings', 'routingRules', 'domainAssociations'],
};

/** A permission may be all that a template has of an API; the rules that look at it are those for each kind. */
const isForApis = ({ principal }: LambdaPermission): boolean => principal === 'apigateway.amazonaws.com';

/** The rules that may find something in the model: those for one of its kinds. */
export function rulesOfKinds(model: ApiModel, rules: readonly Rule[]): Rule[] {
  const kinds = (Object.keys(SEEN) as ApiKind[]).filter((kind) => SEEN[kind].some((part) => model[part].length > 0));
  const hasApis = kinds.some((kind) => kind !== 'domain');
  if (!hasApis && model.permissions.some(isForApis)) kinds.push('rest');
  // Resources of an API that is elsewhere have nothing but their properties, which rules for every kind look at.
  if (kinds.length === 0 && model.gatewayResources.length > 0) kinds.push('domain');
  return rules.filter(({ appliesTo }) => appliesTo.some((kind) => kinds.includes(kind)));
}

const placeOf = ({ template, logicalId, segments }: Finding): string => JSON.stringify([template, logicalId, segments]);

/** One fault is one finding: a general rule is silent where another reports the same place with at least its severity. */
function withoutRepeated(findings: readonly Finding[], rules: readonly Rule[]): Finding[] {
  const general = new Set(rules.filter((rule) => rule.general === true).map(({ id }) => id));
  const worst = new Map<string, number>();
  for (const finding of findings.some(({ id }) => general.has(id)) ? findings : []) {
    const place = placeOf(finding);
    if (!general.has(finding.id)) worst.set(place, Math.min(ORDER[finding.severity], worst.get(place) ?? Infinity));
  }
  return findings.filter(
    (finding) => !general.has(finding.id) || (worst.get(placeOf(finding)) ?? Infinity) > ORDER[finding.severity],
  );
}

/** All violations: what hurts most first, then by place; always the same for the same model. */
export function runRules(model: ApiModel, rules: readonly Rule[] = RULES): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rulesOfKinds(model, rules)) {
    for (const violation of rule.check(model)) {
      findings.push(findingOf(model, rule, violation));
    }
  }
  return withoutRepeated(findings, rules).sort(inOrder);
}
