import { put } from '../../lookup/named';
import { operationsOf } from './paths';
import { SHAPES } from './grammar';
import { isJson, type Json, object } from './json';

/** The components under names that OpenAPI allows, and the new name by the old: `schemas/Order line` → `Order-line`. */
export function legalNames(components: Json): { readonly components: Json; readonly names: Map<string, string> } {
  const names = new Map<string, string>();
  const legal: Json = { ...components };
  for (const kind of Object.keys(SHAPES.components)) {
    const given = components[kind];
    if (!isJson(given)) continue;
    const keys = Object.keys(given);
    const odd = keys.filter((key) => !/^[A-Za-z0-9._-]+$/.test(key));
    if (odd.length === 0) continue;
    const taken = new Set(keys);
    const renamed: Json = {};
    for (const key of keys) {
      const name = odd.includes(key) ? free(key.replace(/[^A-Za-z0-9._-]+/g, '-'), taken) : key;
      if (name !== key) names.set(`${kind}/${key}`, name);
      put(renamed, name, given[key]);
    }
    legal[kind] = renamed;
  }
  return { components: legal, names };
}

/** Gives each operation a unique id: OpenAPI requires that, and API Gateway does not. */
export function withUniqueIds(paths: Json): Json {
  const taken = new Set<string>();
  const items = Object.entries(paths).map(([path, item]) => {
    const unique: Json = { ...object(item) };
    for (const [method, operation] of operationsOf(unique)) {
      const { operationId, ...rest } = operation;
      if (typeof operationId !== 'string' || operationId === '') unique[method] = rest;
      else if (taken.has(operationId)) unique[method] = { ...operation, operationId: free(operationId, taken) };
      taken.add(String(operationId));
    }
    return [path, isJson(item) ? unique : item];
  });
  return Object.fromEntries(items) as Json;
}

/** The name, or the name with a number that nothing else has; it is taken then. */
export function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}
