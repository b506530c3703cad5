import { Expression } from '../model/expression';
import { type Node } from '../reader/node';
import { Written } from './json';

/** The value as JSON, with texts that have references as they are, and numbers and booleans with their spelling. */
export function plain(node: Node): unknown {
  if (node.isAbsent) return undefined;
  if (node.isList) return node.knownItems().map(plain);
  if (node.isObject) return Object.fromEntries(node.entries().map((entry) => [entry.name, plain(entry)]));
  const { value } = node;
  return typeof value === 'number' || typeof value === 'boolean'
    ? new Written(value, String(node.text()))
    : node.text();
}

/** The same as plain JSON, with every reference written out: for people, unless it is said how. */
export function printed(value: unknown, print: (text: Expression) => string = String): unknown {
  if (value instanceof Expression) return print(value);
  if (value instanceof Written) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => printed(item, print));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printed(item, print)]));
}

/** A printed URL as a valid one: `<Users>` is `%3CUsers%3E` there. */
export const uriOf = (text: string): string => text.replace(/<[^<>]*>/g, encodeURIComponent);
