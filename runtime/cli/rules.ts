import { labelledFixes } from '../../lib/checks/fix';
import { nearestIds } from '../../lib/checks/rule-ids';
import { RULES, RULES_BY_AREA } from '../../lib/checks/registry';
import { type Framework, FRAMEWORKS, type Rule } from '../../lib/checks/rule';
import { type CliIo, type Format, UsageError } from './io';
import { json, line, lines, shown, type Shown } from './shown';
import { table, widthOf, wrap } from './table';

/** The rules with these ids, or all if none is given. @throws UsageError if there is no such rule */
export function rulesNamed(words: readonly string[]): Rule[] {
  if (words.length === 0) return [...RULES];
  return words.map((word) => {
    const rule = RULES.find(({ id }) => id === word.toUpperCase());
    if (rule) return rule;
    const near = nearestIds(word, RULES);
    const help = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '"apigw rules" lists them.';
    throw new UsageError(`there is no rule "${word}". ${help}`);
  });
}

/** `apigw rules`: what is checked, or one rule in full. */
export function rules(words: readonly string[], framework: Framework | undefined, format: Format, io: CliIo): number {
  const chosen = rulesNamed(words).filter(({ sameAs }) => framework === undefined || sameAs?.[framework]);
  if (format === 'json') {
    io.stdout(json(chosen.map(plain)));
  } else {
    const full = (rule: Rule, index: number): Shown[] => [...(index > 0 ? [line('')] : []), explain(rule, io)];
    io.stdout(words.length > 0 ? shown(chosen.flatMap(full)) : list(chosen, framework, io));
  }
  return 0;
}

const areaOf = new Map(Object.entries(RULES_BY_AREA).flatMap(([area, own]) => own.map(({ id }) => [id, area])));

function plain({ id, severity, appliesTo, title, why, fix, link, sameAs }: Rule): object {
  const told = labelledFixes(fix).join('\n');
  return { id, area: areaOf.get(id), severity, appliesTo, title, why, fix: told, fixes: fix, link, sameAs };
}

function list(chosen: readonly Rule[], framework: Framework | undefined, io: CliIo): Shown {
  const ids = (rule: Rule): (readonly string[])[] => (framework === undefined ? [] : [rule.sameAs?.[framework] ?? []]);
  const head = ['id', 'severity', 'area', 'what must hold', ...(framework === undefined ? [] : [framework])];
  const rows = chosen.map((rule) => [rule.id, rule.severity, areaOf.get(rule.id) ?? '', rule.title, ...ids(rule)]);
  return table(io, head, rows);
}

function explain(rule: Rule, io: CliIo): Shown {
  const { id, severity, appliesTo, title, why, fix, link, sameAs } = rule;
  const same = FRAMEWORKS.flatMap((name) => (sameAs?.[name] ? [`${name}: ${sameAs[name].join(', ')}`] : []));
  const told = [
    `${id} (${severity}; ${appliesTo.join(', ')}): ${title}`,
    `why: ${why}`,
    'fix:',
    ...labelledFixes(fix),
    `source: ${link}`,
    ...(same.length > 0 ? [`elsewhere: ${same.join('; ')}`] : []),
  ];
  return lines(told.flatMap((one) => wrap(one, widthOf(io), '  ')));
}
