import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resolver } from './resolved';
import { type Json } from './stacks';

/** What a model says of one value. */
interface Constraint {
  /** Of a text; in the models of the services of the whole text. */
  readonly pattern?: string;
  /** Characters of a text, or the range of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Constraint;
  readonly keys?: Constraint;
  readonly values?: Constraint;
  readonly shape?: string;
}

interface Model {
  readonly source: string;
  readonly types: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Readonly<Record<string, Constraint>>>>;
}

const read = (file: string): Model =>
  JSON.parse(readFileSync(join(__dirname, 'service-models', file), 'utf8')) as Model;

/** CloudFormation's registry schemas, and the models of the services behind them; made by scripts/service-models.mjs. */
export const REGISTRY = read('cloudformation.json');
export const SERVICES = read('services.json');
const MODELS = [REGISTRY, SERVICES];

/** A value that a model refuses. */
export interface Refusal {
  /** Type of the resource and path in it, `[]` for each element: `AWS::Logs::MetricFilter.MetricTransformations[].MetricName`. */
  readonly place: string;
  readonly logicalId: string;
  readonly value: string;
  readonly why: string;
}

/**
 * What the models refuse of a template. Ranges of numbers and enumerations grow, and a model may lag behind: there one that
 * takes the value is enough.
 */
export function refusals(template: Json, stackName = 'Stack'): Refusal[] {
  const resolver = new Resolver(template, stackName);
  const found: Refusal[] = [];
  for (const [logicalId, { Type: type, Properties: written = {} }] of Object.entries<Json>(template.Resources)) {
    const place = String(type);
    const add = (at: string, value: unknown, why: string) =>
      found.push({ place: at, logicalId, value: JSON.stringify(value), why });
    const properties = resolver.of(written);
    const nodes = MODELS.map((model) => ({ model, node: { shape: model.types[place] } as Constraint }));
    check(place, properties, nodes, add);
  }
  return found;
}

interface Said {
  readonly model: Model;
  readonly node: Constraint;
}

type Add = (place: string, value: unknown, why: string) => void;

function check(place: string, value: unknown, said: readonly Said[], add: Add): void {
  if (said.length === 0 || typeof value === 'symbol' || value === null) return;
  if (Array.isArray(value)) {
    checkList(place, value, said, add);
  } else if (typeof value === 'object') {
    checkObject(place, value as Readonly<Record<string, unknown>>, said, add);
  } else if (typeof value === 'number') {
    const problems = said.flatMap(({ node }) => (isRange(node) ? [rangeProblem(value, node)] : []));
    if (problems.length > 0 && problems.every((problem) => problem !== undefined)) add(place, value, problems[0] ?? '');
  } else {
    for (const problem of said.map(({ model, node }) => textProblem(String(value), node, model))) {
      if (problem !== undefined) add(place, value, problem);
    }
    const enums = said.flatMap(({ node }) => (node.enum ? [node.enum] : []));
    if (enums.length > 0 && !enums.some((values) => values.includes(String(value)))) {
      add(place, value, `is none of ${enums.map(String).join(' / ')}`);
    }
  }
}

function checkList(place: string, list: readonly unknown[], said: readonly Said[], add: Add): void {
  for (const { node } of said) {
    if (list.length < (node.minItems ?? 0)) add(place, list, `has fewer than ${node.minItems} elements`);
    if (list.length > (node.maxItems ?? Infinity)) add(place, list.length, `has more than ${node.maxItems} elements`);
  }
  const items = said.flatMap(({ model, node }) => (node.items ? [{ model, node: node.items }] : []));
  for (const item of list) check(`${place}[]`, item, items, add);
}

function checkObject(place: string, object: Readonly<Record<string, unknown>>, said: readonly Said[], add: Add): void {
  const keys = said.flatMap(({ model, node }) => (node.keys ? [{ model, node: node.keys }] : []));
  for (const [name, value] of Object.entries(object)) {
    check(`${place}{}`, name, keys, add);
    const members = said.flatMap(({ model, node }): Said[] => {
      const shape = node.shape === undefined ? undefined : model.shapes[node.shape];
      const member = shape?.[name] ?? shape?.[name.toLowerCase()] ?? node.values;
      return member ? [{ model, node: member }] : [];
    });
    check(`${place}.${name}`, value, members, add);
  }
}

const isRange = ({ min, max }: Constraint): boolean => min !== undefined || max !== undefined;

function rangeProblem(size: number, { min = -Infinity, max = Infinity }: Constraint): string | undefined {
  if (size < min) return `is less than ${min}`;
  return size > max ? `is more than ${max}` : undefined;
}

function textProblem(text: string, node: Constraint, { source }: Model): string | undefined {
  const length = rangeProblem(text.length, node);
  if (length !== undefined) return `has a length that ${length}`;
  const { pattern } = node;
  return pattern === undefined || matches(text, pattern) ? undefined : `does not match ${pattern} of ${source}`;
}

const compiled = new Map<string, RegExp>();

/** As a whole: a pattern that ends early says what a name is made of all the same. */
export function matches(value: string, pattern: string): boolean {
  let regex = compiled.get(pattern);
  if (!regex) {
    // Java's own names of what is otherwise called in JavaScript.
    const js = pattern.replaceAll('\\Z', '$').replaceAll('+{', '{');
    const flags = js.includes('\\p{') ? 'u' : '';
    regex = new RegExp(`^(?:${js})$`, flags);
    compiled.set(pattern, regex);
  }
  return regex.test(value);
}
