import { Data } from './evaluated';
import { Expression } from '../model/expression';
import { isDynamic, withoutDynamic } from './dynamic-reference';
import { evaluate } from './intrinsics';
import { MAX_LEVELS } from './json-text';
import { Numeral, valueAt } from './numerals';
import { type Resolved } from '../model/resolved';
import { type Scope } from './scope';
import { UNKNOWN_TEXT } from '../model/text';
import { put } from '../../lookup/named';

/** The value and all that is within; undefined for what is absent. A definition that is imported may hold null. */
export function resolved(raw: unknown, scope: Scope, depth = 0): Resolved | undefined {
  if (raw === null) return null;
  const value = depth > MAX_LEVELS ? UNKNOWN_TEXT : evaluate(raw, scope);
  switch (typeof value) {
    case 'undefined':
    case 'number':
    case 'boolean':
      return value;
    case 'string':
      return isDynamic(value) ? withoutDynamic(value, scope.file) : value;
  }
  if (value instanceof Numeral) return value.number;
  if (value instanceof Expression) return value.in(scope.file);
  return value instanceof Data ? contentOf(value, depth + 1) : UNKNOWN_TEXT;
}

function contentOf({ value, scope }: Data, depth: number): Resolved {
  if (Array.isArray(value)) {
    const items: Resolved[] = [];
    for (let index = 0; index < value.length; index++) {
      const item = resolved(valueAt(value, index), scope, depth);
      if (item !== undefined) items.push(item);
    }
    return items;
  }
  const content: Record<string, Resolved> = {};
  for (const name of Object.keys(value)) {
    const item = resolved(valueAt(value, name), scope, depth);
    if (item !== undefined) put(content, name, item);
  }
  return content;
}
