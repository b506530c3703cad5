import type * as Yaml from 'yaml';
import { type DuplicateKey } from './duplicate-keys';
import { type Position } from '../model/place';
import { nameOf, startOf } from './yaml-spot';

/** The keys that a map has twice, in the order of the document. */
export function duplicatesIn(
  yaml: typeof Yaml,
  document: Yaml.Document.Parsed,
  lines: Yaml.LineCounter,
): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const position = (node: unknown): Position => {
    const { line, col } = lines.linePos(startOf(node) ?? 0);
    return { line, column: col };
  };
  const path: string[] = [];
  const look = (node: unknown): void => {
    if (yaml.isSeq(node)) {
      node.items.forEach((item, index) => within(String(index), item));
    } else if (yaml.isMap(node)) {
      const { items } = node;
      const names = items.map(({ key }) => nameOf(key));
      // Few maps have a key twice, and most have few keys.
      const seen = items.length > FEW || isAnyTwice(names) ? new Map<string, unknown>() : undefined;
      for (let index = 0; index < items.length; index++) {
        const [name, { key, value }] = [names[index], items[index]];
        if (seen?.has(name) && name !== '<<') {
          found.push({ path: [...path, name], lost: position(seen.get(name)), kept: position(key) });
        }
        seen?.set(name, key);
        within(name, value);
      }
    }
  };
  const within = (name: string, node: unknown): void => {
    path.push(name);
    look(node);
    path.pop();
  };
  look(document.contents);
  return found;
}

/** For so many keys, each is compared with the others sooner than a map of them is made. */
const FEW = 8;

function isAnyTwice(names: readonly string[]): boolean {
  for (let index = 1; index < names.length; index++) {
    for (let before = 0; before < index; before++) if (names[index] === names[before]) return true;
  }
  return false;
}
