import { compare, type JavaNumber } from './numbers';
import { print } from './print';
import { JavaList, JavaMap, type Value } from './values';

export const isNumber = (value: Value): value is JavaNumber =>
  value !== null && typeof value === 'object' && 'type' in value;

/** As `equals` of Java: of one class and of one value. */
export function equal(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return a.type === b.type && a.value === b.value;
  if (a instanceof JavaList && b instanceof JavaList) {
    return a.items.length === b.items.length && a.items.every((item, at) => equal(item, b.items[at]));
  }
  if (a instanceof JavaMap && b instanceof JavaMap) {
    return a.size === b.size && a.entries.every(([key, value]) => b.has(key) && equal(value, b.get(key)));
  }
  return a === b;
}

/** As `==` of templates: numbers by value, values of different classes by their text; nothing is equal to an empty text. */
export function same(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return compare(a, b) === 0;
  if (a === null || b === null) return (a ?? '') === (b ?? '');
  if (sameClass(a, b)) return equal(a, b);
  return print(a) === print(b);
}

function sameClass(a: Value, b: Value): boolean {
  const isText = typeof a === 'string' && typeof b === 'string';
  return isText || (a instanceof JavaList && b instanceof JavaList) || (a instanceof JavaMap && b instanceof JavaMap);
}
