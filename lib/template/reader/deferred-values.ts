import { put } from '../../lookup/named';
import { MAX_LEVELS } from './json-text';

/**
 * How a definition names values that only a deployment knows: `%{Name}` in a text is a value, `%{}` is `%` itself, and a map
 * with the key `%{if}` has one content or another.
 */
export const MARK = '%';
export const LITERAL_MARK = '%{}';
export const CHOICE = '%{if}';

/** The parts of a choice. */
export interface Choice {
  readonly [CHOICE]: string;
  readonly then?: unknown;
  readonly else?: unknown;
}

/** Where the values come from. */
export interface DeferredValues {
  /** Undefined if there is none: what would have it is left out. */
  value(name: string): unknown;
  /** A text of strings and values, one after the other. */
  text(parts: readonly (string | { readonly name: string })[]): unknown;
  /** One of two values, either of which may be left out. */
  choice(condition: string, yes: unknown, no: unknown): unknown;
}

/**
 * The definition with its values; what has none is shared with the original.
 * @throws if it is nested deeper than any definition
 */
export function withValues(definition: unknown, values: DeferredValues, depth = 0): unknown {
  if (typeof definition === 'string') return textOf(definition, values);
  if (typeof definition !== 'object' || definition === null) return definition;
  if (depth > MAX_LEVELS) throw new Error('it is nested too deep');
  if (Array.isArray(definition)) return listOf(definition, values, depth + 1);
  if (isChoice(definition)) {
    const [yes, no] = [definition.then, definition.else].map((one) => withValues(one, values, depth + 1));
    return values.choice(definition[CHOICE], yes, no);
  }
  return mapOf(definition as Readonly<Record<string, unknown>>, values, depth + 1);
}

function listOf(list: readonly unknown[], values: DeferredValues, depth: number): unknown {
  let copy: unknown[] | undefined;
  list.forEach((item, index) => {
    const filled = withValues(item, values, depth);
    if (filled !== item) copy ??= list.slice(0, index);
    if (filled !== undefined) copy?.push(filled);
  });
  return copy ?? list;
}

function mapOf(map: Readonly<Record<string, unknown>>, values: DeferredValues, depth: number): unknown {
  let copy: Record<string, unknown> | undefined;
  const keys = Object.keys(map);
  keys.forEach((key, index) => {
    const [item, name] = [map[key], unescaped(key)];
    const filled = withValues(item, values, depth);
    if (filled !== item || name !== key) copy ??= firstOf(map, keys, index);
    if (copy && filled !== undefined) put(copy, name, filled);
  });
  return copy ?? map;
}

function firstOf(map: Readonly<Record<string, unknown>>, keys: readonly string[], count: number) {
  const first: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) put(first, keys[index], map[keys[index]]);
  return first;
}

function isChoice(map: object): map is Choice {
  return typeof (map as Partial<Choice>)[CHOICE] === 'string';
}

const unescaped = (text: string): string => (text.includes(MARK) ? text.replaceAll(LITERAL_MARK, MARK) : text);

function textOf(text: string, values: DeferredValues): unknown {
  if (!text.includes(MARK)) return text;
  // Every second piece is a name.
  const pieces = text.split(/%\{([^{}]*)\}/);
  const parts: (string | { readonly name: string })[] = [];
  pieces.forEach((piece, index) => {
    const part = index % 2 === 0 ? piece : piece === '' ? MARK : { name: piece };
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  });
  const [only = ''] = parts;
  if (parts.length > 1) return values.text(parts);
  return typeof only === 'string' ? only : values.value(only.name);
}
