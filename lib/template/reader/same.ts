import { Data, type Evaluated } from './evaluated';
import { Expression } from '../model/expression';
import { Numeral } from './numerals';
import { type Dict } from './scope';

/** Deeper values are taken for different. */
const MAX_DEPTH = 64;

/** Whether both are known to be the same. */
export function same(a: Evaluated, b: Evaluated): boolean {
  if (a instanceof Expression && b instanceof Expression) {
    return a.key === b.key && !a.isUnknown;
  }
  if (a instanceof Numeral && b instanceof Numeral) {
    return a.text === b.text;
  }
  return a instanceof Data && b instanceof Data ? a.scope === b.scope && sameJson(a.value, b.value) : a === b;
}

/** Whether two values of JSON are the same, with keys in any order. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) {
    return true;
  }
  if (depth > MAX_DEPTH || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as Dict)[key], (b as Dict)[key], depth + 1))
  );
}
