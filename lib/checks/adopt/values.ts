import { Expression, type Reference } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';

/** Whether two values are the same; undefined if only the deployment knows. */
export function isSameValue(a: Resolved | undefined, b: Resolved | undefined): boolean | undefined {
  if (a instanceof Expression || b instanceof Expression) {
    if (a instanceof Expression && b instanceof Expression && !a.isUnknown && a.key === b.key) return true;
    return a === undefined || b === undefined || !(isOpen(a) || isOpen(b)) ? false : undefined;
  }
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const [left, right] = [a, b] as Readonly<Record<string, Resolved>>[];
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    const parts =
      Array.isArray(a) === Array.isArray(b) ? keys.map((key) => isSameValue(left[key], right[key])) : [false];
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  // A template in YAML may have a number where the one in JSON has a text.
  return a === b || (isScalar(a) && isScalar(b) && String(a) === String(b));
}

const isScalar = (value: Resolved | undefined): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Whether the value may be anything: a parameter, an import, a function. References to resources are compared. */
const isOpen = (value: Resolved | undefined): boolean =>
  value instanceof Expression &&
  value.parts.some((part) => typeof part === 'object' && part.kind !== 'resource' && part.kind !== 'pseudo');

/** The references to resources in a value. */
export function referencesOf(value: Resolved | undefined): Reference[] {
  if (value instanceof Expression) {
    return value.parts.filter((part): part is Reference => typeof part === 'object' && part.kind === 'resource');
  }
  return typeof value === 'object' && value !== null ? Object.values(value as object).flatMap(referencesOf) : [];
}

/** The value as a text to compare; undefined if it is absent or not known. */
export function keyOfValue(value: Resolved | undefined): string | undefined {
  if (value instanceof Expression) return isOpen(value) ? undefined : value.key;
  return isScalar(value) ? String(value) : undefined;
}

/** The characters of a value; undefined if it is none, or has a reference in it. */
export const literal = (value: Resolved | undefined): string | undefined =>
  isScalar(value) ? String(value) : undefined;

/** A value as people read it. */
export const printed = (value: Resolved | undefined): string =>
  value === undefined
    ? 'absent'
    : value instanceof Expression
      ? value.toString()
      : typeof value === 'string'
        ? `"${value}"`
        : JSON.stringify(value);
