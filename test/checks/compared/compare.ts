import { type Finding } from '../../../lib/checks/rule';
import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { source } from '../support';
import { DIFFERENCES, isAnswered } from './answers';
import { type Foreign, Foreigners } from './foreign';
import { type Compared, type Template } from './templates';

/** What all say of one template. */
export interface Said {
  readonly name: string;
  readonly template: Template;
  readonly foreign: readonly Foreign[];
  readonly ours: readonly Finding[];
}

/** What was made of the findings of one foreign rule. */
export interface Row {
  readonly id: string;
  /** Findings that ours say too. */
  answered: number;
  /** Findings that ours do not say, by reason. */
  readonly explained: Map<string, number>;
}

export interface Comparison {
  readonly rows: Row[];
  /** Findings that are neither. */
  readonly gaps: string[];
}

/** Asks all about the templates. */
export function ask(templates: readonly Compared[]): Said[] {
  const foreigners = new Foreigners();
  try {
    return templates.map(({ cases, template, region }) => ({
      name: cases[0],
      template,
      foreign: foreigners.of(template),
      ours: runRules(readModel([source(template, 'cdk.out/t0.template.json', { region })])),
    }));
  } finally {
    foreigners.free();
  }
}

/** Holds what others say against what ours do, one of which may be left out. */
export function compare(said: readonly Said[], without?: string): Comparison {
  const rows = new Map<string, Row>();
  const gaps: string[] = [];
  for (const { name, template, foreign: all, ours } of said) {
    const left = ours.filter(({ id }) => id !== without);
    for (const foreign of all) {
      const row = rows.get(foreign.id) ?? { id: foreign.id, answered: 0, explained: new Map<string, number>() };
      rows.set(foreign.id, row);
      if (isAnswered(foreign, left)) {
        row.answered += 1;
        continue;
      }
      const asked = { foreign, template, resource: template.Resources[foreign.logicalId] };
      const difference = DIFFERENCES.find((one) => one.id === foreign.id && one.applies(asked));
      if (difference) row.explained.set(difference.reason, (row.explained.get(difference.reason) ?? 0) + 1);
      else gaps.push(`${foreign.id} of ${foreign.logicalId} ${foreign.path} in "${name}": ${foreign.message}`);
    }
  }
  return { rows: [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), gaps };
}
