import { BASES, resourcesOf } from '../corpus/bases';
import { type CorpusRule, templateOf } from '../corpus/read';

type Node = Record<string, unknown>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Node;
}

export interface Template {
  readonly Parameters: Record<string, { Type: string; NoEcho: boolean }>;
  readonly Conditions: Node;
  readonly Resources: Record<string, Resource>;
}

/** A template of the corpus, with the cases that are made like it. */
export interface Compared {
  readonly cases: string[];
  readonly template: Template;
  readonly region?: string;
}

const PSEUDO = /^AWS::/;

/** Names that a template refers to: by `Ref` and `Fn::Sub`, by `Fn::GetAtt` and `DependsOn`, as a condition. */
interface Names {
  readonly values: Set<string>;
  readonly resources: Set<string>;
  readonly conditions: Set<string>;
}

function collect(value: unknown, names: Names): void {
  if (Array.isArray(value)) for (const element of value) collect(element, names);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [key, held] of Object.entries(value)) {
    const list = [held].flat() as unknown[];
    if (key === 'Ref') names.values.add(String(held));
    if (key === 'Fn::GetAtt') names.resources.add(String(list[0]).split('.')[0]);
    if (key === 'DependsOn') for (const id of list) names.resources.add(String(id));
    if (key === 'Fn::If' || (key === 'Condition' && typeof held === 'string')) names.conditions.add(String(list[0]));
    if (key === 'Fn::Sub') {
      const own = Object.keys((list[1] ?? {}) as object);
      for (const [, name, attribute] of String(list[0]).matchAll(/\$\{([^!.}]+)(\.[^}]+)?\}/g)) {
        if (!own.includes(name)) names[attribute === undefined ? 'values' : 'resources'].add(name);
      }
    }
    collect(held, names);
  }
}

/** The corpus leaves out what its rules do not read; others stop at a name that is not there. */
export function completed({ Resources }: { Resources: object }): Template {
  const names: Names = { values: new Set(), resources: new Set(), conditions: new Set() };
  collect(Resources, names);
  const missing = (of: Set<string>) => [...of].filter((name) => !PSEUDO.test(name) && !(name in Resources)).sort();
  const ServiceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere';
  const stubs = missing(names.resources).map((name) => [
    name,
    { Type: 'Custom::Elsewhere', Properties: { ServiceToken } },
  ]);
  const values = missing(names.values).filter((name) => !names.resources.has(name));
  const condition = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] };
  return {
    Parameters: Object.fromEntries(values.map((name) => [name, { Type: 'String', NoEcho: true }])),
    Conditions: Object.fromEntries([...names.conditions].map((name) => [name, condition])),
    Resources: { ...Resources, ...Object.fromEntries(stubs) } as Record<string, Resource>,
  };
}

/** Bases, and the templates of some rules, each once. */
export function comparedTemplates(corpus: readonly CorpusRule[], bases = BASES): Compared[] {
  const found = new Map<string, Compared>();
  const add = (name: string, template: { Resources: object }, region?: string) => {
    const key = JSON.stringify([template, region]);
    const known = found.get(key);
    if (known) known.cases.push(name);
    else found.set(key, { cases: [name], template: completed(template), region });
  };
  for (const base of bases) add(base, { Resources: resourcesOf(base) });
  for (const { rule, bad, good } of corpus) {
    for (const one of [...bad, ...good]) {
      for (const base of one.bases) add(`${rule} ${one.title} (${base})`, templateOf(base, one), one.region);
    }
  }
  return [...found.values()];
}
