import { put } from '../../lookup/named';
import { ANY_METHOD, isExtension, METHODS } from './grammar';
import { isJson, type Json, list, object, orNothing } from './json';
import { type Losses } from './losses';
import { type References } from './references';

/** The path of the route of an HTTP API that takes what no other route does. */
export const DEFAULT_PATH = '/$default';
const OPERATIONS = [...METHODS, ANY_METHOD];

/** The names of the variables of a path, a greedy one with its `+`: OpenAPI takes all that is between the braces. */
export const variablesOf = (path: string): string[] => [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);

/** The operations of a path item, `ANY` included. */
export const operationsOf = (item: Json): [method: string, operation: Json][] =>
  OPERATIONS.flatMap((method): [string, Json][] => {
    const operation = item[method];
    return isJson(operation) ? [[method, operation]] : [];
  });

/** Paths begin with `/`; the import of API Gateway also takes `$default`. */
export function legalPaths(paths: Json, losses: Losses): Json {
  const legal: Json = {};
  for (const [path, item] of Object.entries(paths)) {
    if (isExtension(path) || path.startsWith('/')) put(legal, path, item);
    else if (/^[\w${.-]/.test(path) && !path.startsWith('Fn::')) put(legal, `/${path}`, paths[`/${path}`] ?? item);
    else losses.add(['paths', path], 'is not a path: it must begin with "/"');
  }
  return legal;
}

/** Makes the parameters of each path agree with its variables. */
export class PathParameters {
  constructor(
    private readonly references: References,
    private readonly losses: Losses,
  ) {}

  /**
   * Paths that differ only in the names of their variables are one in OpenAPI: the names of the first are kept. A greedy
   * variable is more than a name.
   */
  public agreed(paths: Json): Json {
    const byShape = new Map<string, string>();
    const agreed: Json = {};
    for (const [path, item] of Object.entries(paths)) {
      if (isExtension(path) || !isJson(item)) {
        put(agreed, path, item);
        continue;
      }
      const shape = path.replace(/\{[^{}]+?(\+?)\}/g, '{$1}');
      const first = byShape.get(shape) ?? path;
      byShape.set(shape, first);
      const names = variablesOf(path).map((name, index) => [name, variablesOf(first)[index]] as const);
      const completed = this.item(item, path, new Map(names));
      put(agreed, first, path === first ? completed : this.merged(object(agreed[first]), completed, path));
    }
    return agreed;
  }

  private merged(first: Json, second: Json, path: string): Json {
    const merged = { ...first };
    for (const [method, operation] of operationsOf(second)) {
      if (merged[method] === undefined)
        merged[method] = {
          ...operation,
          parameters: orNothing([...list(second.parameters), ...list(operation.parameters)]),
        };
      else this.losses.add(['paths', path, method], 'is the same to clients as the operation of a path before it');
    }
    return merged;
  }

  private item(item: Json, path: string, names: ReadonlyMap<string, string>): Json {
    const place = ['paths', path];
    const shared = this.list(item.parameters, [...place, 'parameters'], names);
    const completed: Json = { ...item, parameters: orNothing(shared) };
    for (const [method, operation] of operationsOf(item)) {
      const own = this.list(operation.parameters, [...place, method, 'parameters'], names);
      const declared = new Set([...shared, ...own].map((one) => this.key(one)));
      const added = [...names.values()]
        .filter((name) => !declared.has(`path ${name}`))
        .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
      completed[method] = { ...operation, parameters: orNothing([...added, ...own]) };
    }
    return completed;
  }

  private list(given: unknown, place: readonly string[], names: ReadonlyMap<string, string>): Json[] {
    const kept = new Map<string, Json>();
    for (const [index, one] of list(given).entries()) {
      const parameter = this.parameter(object(one), [...place, String(index)], names);
      if (parameter && !kept.has(this.key(parameter))) kept.set(this.key(parameter), parameter);
    }
    return [...kept.values()];
  }

  /** API Gateway calls the variable of `{proxy+}` `proxy`, or `proxy+`; in OpenAPI it has the name that is in the path. */
  private parameter(given: Json, place: readonly string[], names: ReadonlyMap<string, string>): Json | undefined {
    const target = this.references.target(given);
    if (target?.in !== 'path') return given;
    const name = String(target.name);
    const plain = name.replace(/\+$/, '');
    const now = names.get(name) ?? names.get(`${plain}+`) ?? names.get(plain);
    if (now === undefined) {
      this.losses.add(place, `is the path parameter ${JSON.stringify(name)}, but the path has no {${name}}`);
      return undefined;
    }
    return now === name ? given : { ...target, name: now };
  }

  private key(parameter: Json): string {
    const target = this.references.target(parameter) ?? parameter;
    return `${String(target.in)} ${String(target.name)}`;
  }
}
