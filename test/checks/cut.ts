/** A template in two: what is at home, and what names the API of the other file. */
export interface Halves {
  readonly home: Template;
  readonly away: Template;
}

interface Template {
  readonly [section: string]: unknown;
  readonly Resources: Resources;
}

type Resources = Record<string, Resource>;

interface Resource {
  readonly Type: string;
  readonly [attribute: string]: unknown;
}

/** How one file names what the other has. */
export type Naming = 'parameter' | 'import';

/** What goes into the other file. */
export type Cut = 'routes' | 'stages' | 'everything';

const isApi = (type: string): boolean => /^AWS::ApiGateway::RestApi$|^AWS::ApiGatewayV2::Api$/.test(type);
const PERMISSION = 'AWS::Lambda::Permission';
const ROUTES = /^AWS::ApiGateway(V2)?::(Resource|Method|Route|RouteResponse|Integration|IntegrationResponse)$/;
const STAGES = /^AWS::ApiGateway(V2)?::(Deployment|Stage|UsagePlan)$/;
const PARTS = /^AWS::ApiGateway(V2)?::(?!RestApi$|Api$|Account$|DomainName|VpcLink$|ApiKey$)/;
const MOVED: Readonly<Record<Cut, RegExp>> = { routes: ROUTES, stages: STAGES, everything: PARTS };

/** The template cut in two; undefined if nothing goes away, or if the API itself needs what would. */
export function halvesOf(resources: Resources, cut: Cut, naming: Naming): Halves | undefined {
  const ids = Object.keys(resources);
  const uses = new Map(ids.map((id) => [id, usedBy(resources[id], resources)]));
  const away = new Set(ids.filter((id) => MOVED[cut].test(resources[id].Type)));
  settle(ids, away, (id) => [...(uses.get(id) ?? [])].some((used) => away.has(used)));
  // What only these need goes with them, and the permissions of the functions among it.
  settle(ids, away, (id) => {
    const users = ids.filter((user) => user !== id && resources[user].Type !== PERMISSION && uses.get(user)?.has(id));
    const isOwn = !/^AWS::ApiGateway/.test(resources[id].Type) && users.length > 0;
    return (
      (isOwn && users.every((user) => away.has(user))) ||
      (resources[id].Type === PERMISSION && [...(uses.get(id) ?? [])].some((used) => away.has(used)))
    );
  });
  if (away.size === 0 || [...away].some((id) => isApi(resources[id].Type))) return undefined;
  const crossing = new Crossing(naming, resources, away);
  const moved = ids.filter((id) => away.has(id)).map((id) => [id, crossing.rewritten(resources[id])] as const);
  const kept = ids
    .filter((id) => !away.has(id))
    .map((id) => [id, ordered(resources[id], (on) => !away.has(on))] as const);
  return {
    home: { Resources: Object.fromEntries(kept), Outputs: crossing.outputs },
    away: { Resources: Object.fromEntries(moved), Parameters: crossing.parameters },
  };
}

/** Adds those that belong to the set because of others in it, until none is left. */
function settle(ids: readonly string[], set: Set<string>, belongs: (id: string) => boolean): void {
  for (let before = -1; before !== set.size;) {
    before = set.size;
    ids.filter((id) => !set.has(id) && belongs(id)).forEach((id) => set.add(id));
  }
}

/** What a resource refers to; an order among the parts of the API ends at the border. */
function usedBy(resource: Resource, resources: Resources): Set<string> {
  const isPart = /^AWS::ApiGateway/.test(resource.Type);
  const used = referencesIn({ ...resource, DependsOn: undefined }, resources);
  return new Set([...used, ...(isPart ? [] : [resource.DependsOn ?? []].flat().map(String))]);
}

function ordered(resource: Resource, isHere: (id: string) => boolean): Resource {
  const on = [resource.DependsOn ?? []].flat().filter((id): id is string => typeof id === 'string' && isHere(id));
  const rest = Object.fromEntries(Object.entries(resource).filter(([name]) => name !== 'DependsOn')) as Resource;
  return { ...rest, ...(on.length > 0 && { DependsOn: on }) };
}

const VARIABLE = /\$\{([^!{}][^{}]*)\}/g;
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function referencesIn(value: unknown, resources: Resources, into = new Set<string>()): Set<string> {
  const add = (name: string): void => {
    const [id] = name.split('.');
    if (Object.hasOwn(resources, id)) into.add(id);
  };
  if (Array.isArray(value)) value.forEach((one) => referencesIn(one, resources, into));
  if (!isMap(value)) return into;
  for (const [key, held] of Object.entries(value)) {
    if (key === 'Ref' && typeof held === 'string') add(held);
    else if (key === 'Fn::GetAtt') add([held].flat().join('.'));
    else if (key === 'Fn::Sub') {
      const [pattern] = [held].flat();
      for (const [, name] of String(pattern).matchAll(VARIABLE)) add(name);
      if (Array.isArray(held)) referencesIn(held[1], resources, into);
    } else referencesIn(held, resources, into);
  }
  return into;
}

/** Replaces references to the other file, and remembers what they need there and here. */
class Crossing {
  public readonly outputs: Record<string, unknown> = {};
  public readonly parameters: Record<string, unknown> = {};

  constructor(
    private readonly naming: Naming,
    private readonly resources: Resources,
    private readonly away: ReadonlySet<string>,
  ) {}

  public rewritten(resource: Resource): Resource {
    return this.replaced(ordered(resource, (id) => this.away.has(id))) as Resource;
  }

  private replaced(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.replaced(one));
    if (!isMap(value)) return value;
    const [[key, held] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && key === 'Ref' && typeof held === 'string') return this.named(held) ?? value;
    if (others.length === 0 && key === 'Fn::GetAtt') return this.named([held].flat().join('.')) ?? value;
    if (others.length === 0 && key === 'Fn::Sub') return { 'Fn::Sub': this.substituted(held) };
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.replaced(one)]));
  }

  private substituted(held: unknown): unknown {
    const [pattern, given] = [held].flat() as [string, Record<string, unknown>?];
    const variables: Record<string, unknown> = { ...(this.replaced(given ?? {}) as object) };
    const text = pattern.replaceAll(VARIABLE, (whole, name: string) => {
      const found = Object.hasOwn(variables, name) ? undefined : this.named(name);
      if (!found) return whole;
      const variable = idOf(name);
      variables[variable] = found;
      return `\${${variable}}`;
    });
    return Object.keys(variables).length > 0 ? [text, variables] : text;
  }

  /** The name of what the other file has; undefined for what is here too. */
  private named(name: string): object | undefined {
    const [id, ...attribute] = name.split('.');
    if (!Object.hasOwn(this.resources, id) || this.away.has(id)) return undefined;
    const key = idOf(name);
    const value = attribute.length > 0 ? { 'Fn::GetAtt': [id, attribute.join('.')] } : { Ref: id };
    if (this.naming === 'import') {
      this.outputs[key] = { Value: value, Export: { Name: `shared-${key}` } };
      return { 'Fn::ImportValue': `shared-${key}` };
    }
    this.outputs[key] = { Value: value };
    this.parameters[key] = { Type: 'String' };
    return { Ref: key };
  }
}

const idOf = (name: string): string => `Its${name.replaceAll('.', '')}`;
