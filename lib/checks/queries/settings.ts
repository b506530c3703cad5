import { nearestIds } from '../rule-ids';
import { type Profile, type Rule, type RuleSeverity } from '../rule';

/** The options of the rules. */
export interface RuleSettings {
  readonly disabledRules?: readonly string[];
  readonly severities?: Readonly<Record<string, RuleSeverity>>;
  readonly profile?: Profile;
}

/**
 * The rules that run, with their severities: those set explicitly, else the profile's, else the rule's own.
 * @throws if a rule is named that does not exist
 */
export function rulesFor(rules: readonly Rule[], settings: RuleSettings, owner: string): Rule[] {
  const { disabledRules = [], severities = {}, profile } = settings;
  checkIds(rules, disabledRules, `${owner}: disabledRules`);
  checkIds(rules, Object.keys(severities), `${owner}: severities`);
  return rules
    .filter(({ id }) => !disabledRules.includes(id))
    .map((rule) => {
      const severity = severities[rule.id] ?? (profile && rule.profiles?.[profile]) ?? rule.severity;
      return severity === rule.severity ? rule : { ...rule, severity };
    });
}

function checkIds(rules: readonly Rule[], words: readonly string[], where: string): void {
  const ids = new Set(rules.map(({ id }) => id));
  for (const word of words) {
    if (ids.has(word)) continue;
    const near = nearestIds(word, rules);
    const help =
      near.length > 0
        ? `Did you mean ${near.map((id) => `"${id}"`).join(' or ')}?`
        : 'All rules are listed in docs/rules.md.';
    throw new Error(`${where} has "${word}", which is not a rule. ${help}`);
  }
}
