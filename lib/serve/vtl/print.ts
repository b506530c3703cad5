import { printNumber } from './numbers';
import { TemplateError } from './scanner';
import { ContextMap, JavaEntry, JavaList, JavaMap, type Value } from './values';

/** Levels of lists and maps. A value can hold itself, and Java's stack overflows then too. */
const DEPTH_MAX = 1000;

/** A value as Java's `toString` prints it: maps as `{a=b}`, lists of JSON as JSON. */
export function print(value: Value, depth = 0): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (depth > DEPTH_MAX) throw new TemplateError('a value that holds itself, or has too many levels');
  const inner = (each: Value): string => print(each, depth + 1);
  if (value instanceof JavaList) return printList(value, depth, inner);
  if (value instanceof ContextMap) return '';
  if (value instanceof JavaMap) {
    return `{${value.entries.map(([key, each]) => `${inner(key)}=${inner(each)}`).join(', ')}}`;
  }
  if (value instanceof JavaEntry) return `${inner(value.key)}=${inner(value.value)}`;
  return 'text' in value ? value.text() : printNumber(value);
}

/** Arrays have no text: Java prints their class and an address, which differs each time. */
const ARRAYS = { 'String[]': '[Ljava.lang.String;@1b6d3586', 'char[]': '[C@1b6d3586' };

function printList(list: JavaList, depth: number, inner: (each: Value) => string): string {
  if (list.kind === 'json') return json(list, ESCAPED_IN_PRINT, depth);
  return list.kind === 'list' ? `[${list.items.map(inner).join(', ')}]` : ARRAYS[list.kind];
}

/** A value as JSON in a list that is printed: `/` is escaped. */
export const jsonOf = (value: Value): string => json(value, ESCAPED_IN_PRINT);

/** A value as `$input.json` gives it. */
export const compactJson = (value: Value): string => json(value, ESCAPED);

function json(value: Value, escaped: RegExp, depth = 0): string {
  if (typeof value === 'string') return quoted(value, escaped);
  if (depth > DEPTH_MAX) throw new TemplateError('a value that holds itself, or has too many levels');
  const inner = (each: Value): string => json(each, escaped, depth + 1);
  if (value instanceof JavaList) return `[${value.items.map(inner).join(',')}]`;
  if (value instanceof JavaMap) {
    return `{${value.entries.map(([key, each]) => `${quoted(print(key), escaped)}:${inner(each)}`).join(',')}}`;
  }
  const isPlain = value === null || typeof value === 'boolean' || 'type' in value;
  return isPlain ? print(value) : quoted(print(value, depth + 1), escaped);
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;
const ESCAPED_IN_PRINT = /["\\/\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;

const unicode = (c: string): string => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

const quoted = (text: string, escaped: RegExp): string => `"${text.replace(escaped, (c) => SHORT[c] ?? unicode(c))}"`;
