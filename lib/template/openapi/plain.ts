import { type Node } from '../reader/node';

/** The value as JSON, references as text. */
export function plain(node: Node): unknown {
  if (node.isAbsent) return undefined;
  if (node.isList) return node.knownItems().map(plain);
  if (node.isObject) return Object.fromEntries(node.entries().map((entry) => [entry.name, plain(entry)]));
  const { value } = node;
  return typeof value === 'number' || typeof value === 'boolean' ? value : node.text();
}
