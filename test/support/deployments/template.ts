/** JSON of a template. */
export type Json = unknown;
export type Properties = Readonly<Record<string, Json>>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Properties;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: Json }>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: Json; readonly Condition?: string; readonly Export?: { readonly Name: Json } }>
  >;
}

/** What functions of a template are resolved with. */
export interface Scope {
  readonly template: Template;
  readonly pseudo: Readonly<Record<string, string>>;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  imported(name: string): string;
}

const isMap = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The only key of a map with one, where it is a function. */
function functionOf(value: Json): [name: string, argument: Json] | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  return keys.length === 1 && /^(Ref|Condition|Fn::\w+)$/.test(keys[0]) ? [keys[0], value[keys[0]]] : undefined;
}

const NO_VALUE = Symbol('AWS::NoValue');
/** `${Name}` or `${Name.Attribute}` of a `Fn::Sub`; `${!Name}` is text. */
const PLACEHOLDER = /\$\{(!?)([^}]+)\}/g;

/** A value with all its functions carried out. */
export function resolve(value: Json, scope: Scope): Json {
  const found = walk(value, scope);
  return found === NO_VALUE ? undefined : found;
}

function walk(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((item) => walk(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isMap(value)) return value;
  const fn = functionOf(value);
  if (fn) return call(fn[0], fn[1], scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, walk(item, scope)] as const)
      .filter(([, item]) => item !== NO_VALUE),
  );
}

function reference(name: string, scope: Scope): Json {
  if (name === 'AWS::NoValue') return NO_VALUE;
  if (name in scope.pseudo) return scope.pseudo[name];
  const parameter = scope.template.Parameters?.[name];
  if (parameter) return parameter.Default ?? `parameter-${name}`;
  if (name.startsWith('AWS::')) throw new Error(`the model knows no ${name}`);
  return scope.ref(name);
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function call(name: string, argument: Json, scope: Scope): Json {
  const list = () => walk(argument, scope) as Json[];
  switch (name) {
    case 'Ref':
      return reference(argument as string, scope);
    case 'Fn::GetAtt': {
      const [id, ...path] = Array.isArray(argument) ? (argument as string[]) : (argument as string).split('.');
      return scope.attribute(id, path.join('.'));
    }
    case 'Fn::Join': {
      const [separator, items] = list() as [string, Json[]];
      return items.map(text).join(separator);
    }
    case 'Fn::Sub': {
      const [pattern, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Properties];
      return pattern.replace(PLACEHOLDER, (_, literal: string, key: string) => {
        if (literal) return `\${${key}}`;
        if (key in own) return text(walk(own[key], scope));
        const [id, ...path] = key.split('.');
        return path.length > 0 ? scope.attribute(id, path.join('.')) : text(reference(key, scope));
      });
    }
    case 'Fn::Select': {
      const [index, items] = list() as [number | string, Json[]];
      return items[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, whole] = list() as [string, string];
      return text(whole).split(separator);
    }
    case 'Fn::If': {
      const [condition, yes, no] = argument as [string, Json, Json];
      return walk(holds(condition, scope) ? yes : no, scope);
    }
    case 'Fn::ImportValue':
      return scope.imported(text(walk(argument, scope)));
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${scope.pseudo['AWS::Region']}${zone}`);
    case 'Fn::Base64':
    case 'Fn::Cidr':
    case 'Fn::ToJsonString':
      return `${name}(${JSON.stringify(walk(argument, scope))})`;
    default:
      return test(name, argument, scope);
  }
}

/** Functions of conditions. */
function test(name: string, argument: Json, scope: Scope): boolean {
  const items = () => (argument as Json[]).map((item) => walk(item, scope));
  switch (name) {
    case 'Condition':
      return holds(argument as string, scope);
    case 'Fn::Equals': {
      const [one, other] = items();
      return JSON.stringify(one) === JSON.stringify(other);
    }
    case 'Fn::And':
      return items().every(Boolean);
    case 'Fn::Or':
      return items().some(Boolean);
    case 'Fn::Not':
      return !items()[0];
    default:
      throw new Error(`the model knows no ${name}`);
  }
}

/** Whether a condition of the template holds, with the defaults of the parameters. */
export function holds(condition: string, scope: Scope): boolean {
  const written = scope.template.Conditions?.[condition];
  if (written === undefined) throw new Error(`the template has no condition ${condition}`);
  return Boolean(walk(written, scope));
}

const named = new WeakMap<Resource, ReadonlySet<string>>();

/** Logical ids that a resource must wait for. */
export function dependenciesOf(template: Template, resource: Resource): string[] {
  let names = named.get(resource);
  if (!names) named.set(resource, (names = namesIn(resource)));
  return [...names].filter((id) => id in template.Resources);
}

function namesIn(resource: Resource): Set<string> {
  const found = new Set<string>([resource.DependsOn ?? []].flat());
  const visit = (value: Json): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isMap(value)) return;
    const [name, argument] = functionOf(value) ?? [];
    if (name === 'Ref') found.add(argument as string);
    else if (name === 'Fn::GetAtt') found.add(Array.isArray(argument) ? argument[0] : text(argument).split('.')[0]);
    else if (name === 'Fn::Sub') {
      const [pattern, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Properties];
      for (const [, literal, key] of pattern.matchAll(PLACEHOLDER)) {
        if (!literal && !(key in own)) found.add(key.split('.')[0]);
      }
      visit(own);
    } else Object.values(value).forEach(visit);
  };
  visit(resource.Properties);
  return found;
}

/** What is gone with some resources: they, and all that refers to them. */
export function withDependents(template: Template, ids: Iterable<string>): Set<string> {
  const gone = new Set(ids);
  const waiting = Object.entries(template.Resources).map(
    ([id, resource]) => [id, dependenciesOf(template, resource)] as const,
  );
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const [id, needs] of waiting) if (needs.some((need) => gone.has(need))) gone.add(id);
  }
  return gone;
}

/** The template without some resources, and without outputs that refer to them. */
export function without(template: Template, gone: ReadonlySet<string>): Template {
  const kept = ([id]: readonly [string, unknown]) => !gone.has(id);
  const Resources = Object.fromEntries(Object.entries(template.Resources).filter(kept));
  const Outputs = Object.fromEntries(
    Object.entries(template.Outputs ?? {}).filter(([, output]) => {
      const needs = dependenciesOf(template, { Type: '', Properties: { ...output } });
      return needs.every((id) => !gone.has(id));
    }),
  );
  return { ...template, Resources, Outputs };
}

/** Logical ids, each after what it needs. */
export function creationOrder(template: Template): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open')
      throw new Error(`Circular dependency between resources: ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    for (const need of dependenciesOf(template, template.Resources[id])) visit(need, [...path, id]);
    state.set(id, 'done');
    order.push(id);
  };
  for (const id of Object.keys(template.Resources)) visit(id, []);
  return order;
}
