import { withSpellingsOf } from '../reader/numerals';
import { isJson, type Json } from './json';

/** What is nested deeper than any property may keep its references. */
const MAX_DEPTH = 100;

/** The template with `Api.Stage`, `Function.Alias` and the like as the resources that SAM has made. */
export function withReferences<T>(value: T, ids: ReadonlyMap<string, string>, depth = 0): T {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) {
    return value;
  }
  const change = (item: unknown): unknown => withReferences(item, ids, depth + 1);
  if (Array.isArray(value)) {
    const items = value.map(change);
    return (items.some((item, index) => item !== value[index]) ? withSpellingsOf(value, items) : value) as T;
  }
  const entries = Object.entries(value as Json);
  const [[name, argument] = []] = entries;
  const changed = name !== undefined && entries.length === 1 ? reference(name, argument, ids, depth) : undefined;
  if (changed !== undefined) {
    return changed as T;
  }
  const inner = entries.map(([key, item]) => [key, change(item)] as const);
  return inner.some(([, item], index) => item !== entries[index][1])
    ? (withSpellingsOf(value, Object.fromEntries(inner)) as T)
    : value;
}

function reference(name: string, argument: unknown, ids: ReadonlyMap<string, string>, depth: number): Json | undefined {
  if (name === 'Ref' && typeof argument === 'string') {
    const id = ids.get(argument);
    return id === undefined ? undefined : { Ref: id };
  }
  if (name === 'Fn::GetAtt' && Array.isArray(argument) && argument.length === 2) {
    // `!GetAtt Function.Alias.X` comes apart at the first dot.
    const [id, attribute] = argument as unknown[];
    if (typeof id !== 'string' || typeof attribute !== 'string') return undefined;
    const dot = attribute.indexOf('.');
    const found = ids.get(id) ?? ids.get(`${id}.${attribute.slice(0, dot < 0 ? undefined : dot)}`);
    if (found === undefined) return undefined;
    if (ids.has(id)) return { 'Fn::GetAtt': [found, attribute] };
    return dot < 0 ? undefined : { 'Fn::GetAtt': [found, attribute.slice(dot + 1)] };
  }
  if (name === 'Fn::Sub') {
    const [pattern, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    if (typeof pattern !== 'string') return undefined;
    const written = pattern.replace(/\$\{([^!{}][^{}]*)\}/g, (whole, key: string) => {
      const id = ids.get(key.trim());
      return id === undefined ? whole : `\${${id}}`;
    });
    if (written === pattern) return undefined;
    return { 'Fn::Sub': isJson(variables) ? [written, withReferences(variables, ids, depth + 1)] : written };
  }
  return undefined;
}
