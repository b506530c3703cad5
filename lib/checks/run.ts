import { type ApiModel } from '../template/model';
import { RULES } from './registry';
import { type Finding, type Rule, type RuleSeverity, type Violation } from './rule';

const ORDER: Readonly<Record<RuleSeverity, number>> = { error: 0, warning: 1, info: 2 };

const milder = (a: RuleSeverity, b: RuleSeverity): RuleSeverity => (ORDER[a] > ORDER[b] ? a : b);

function findingOf(model: ApiModel, rule: Rule, violation: Violation): Finding {
  const { message, key } = violation;
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
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(a: Finding, b: Finding): number {
  return (
    ORDER[a.severity] - ORDER[b.severity] ||
    compare(a.template, b.template) ||
    compare(a.logicalId, b.logicalId) ||
    compare(a.path, b.path) ||
    compare(a.id, b.id) ||
    compare(a.message, b.message)
  );
}

/** All that breaks a rule: the worst first, then by place; the same for the same model, always. */
export function runRules(model: ApiModel, rules: readonly Rule[] = RULES): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    for (const violation of rule.check(model)) {
      findings.push(findingOf(model, rule, violation));
    }
  }
  return findings.sort(inOrder);
}
