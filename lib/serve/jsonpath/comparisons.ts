import { equal, isNumber } from '../vtl/compare';
import { compare, double, type JavaNumber } from '../vtl/numbers';
import { matched } from '../vtl/methods/patterns';
import { print } from '../vtl/print';
import { JavaList, JavaMap, type Value } from '../vtl/values';

/** Undefined is what a path does not lead to. */
type Side = Value | undefined;

/** Compares both sides as a filter does. A text of digits is equal to its number, and neither greater nor smaller. */
export function compareSides(operator: string, left: Side, right: Side): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const order = orderOf(left, right);
      return order !== undefined && (order === 0 ? operator.endsWith('=') : operator.startsWith(order < 0 ? '<' : '>'));
    }
    case 'in':
      return right instanceof JavaList && holds(right, left);
    case 'nin':
      return right instanceof JavaList && !holds(right, left);
    case 'contains':
      return left instanceof JavaList
        ? holds(left, right)
        : typeof left === 'string' && typeof right === 'string' && left.includes(right);
    case 'subsetof':
      return bothLists(left, right, (a, b) => a.items.every((item) => holds(b, item)));
    case 'anyof':
      return bothLists(left, right, (a, b) => a.items.some((item) => holds(b, item)));
    case 'noneof':
      return bothLists(left, right, (a, b) => !a.items.some((item) => holds(b, item)));
    case 'size':
      return isNumber(right ?? null) && sizeOf(left) === Number((right as JavaNumber).value);
    case 'empty':
      return typeof right === 'boolean' && sizeOf(left) !== undefined && (sizeOf(left) === 0) === right;
  }
  return false;
}

/** Whether the text of a value matches a pattern as a whole. */
export function matchesPattern(pattern: RegExp, value: Side): boolean {
  if (value instanceof JavaList) return value.items.some((item) => matchesPattern(pattern, item));
  if (value === undefined || value === null || value instanceof JavaMap) return false;
  const text = print(value);
  return matched(pattern, text, () => pattern.test(text));
}

function isEqual(left: Side, right: Side): boolean {
  if (left === undefined || right === undefined) return left === right;
  const [a, b] = numbers(left, right);
  return a && b ? compare(a, b) === 0 : equal(left, right);
}

/** Only values of one kind have an order. */
function orderOf(left: Side, right: Side): number | undefined {
  if (isNumber(left ?? null) && isNumber(right ?? null)) return compare(left as JavaNumber, right as JavaNumber);
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Both as numbers, if one is a number and the other can be. */
function numbers(left: Value, right: Value): [JavaNumber | undefined, JavaNumber | undefined] {
  if (!isNumber(left) && !isNumber(right)) return [undefined, undefined];
  return [numberOf(left), numberOf(right)];
}

function numberOf(value: Value): JavaNumber | undefined {
  if (isNumber(value)) return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? double(Number(value)) : undefined;
}

const holds = ({ items }: JavaList, value: Side): boolean => items.some((item) => isEqual(item, value));

const bothLists = (left: Side, right: Side, check: (a: JavaList, b: JavaList) => boolean): boolean =>
  left instanceof JavaList && right instanceof JavaList && check(left, right);

function sizeOf(value: Side): number | undefined {
  if (value instanceof JavaList) return value.items.length;
  if (value instanceof JavaMap) return value.size;
  return typeof value === 'string' ? value.length : undefined;
}
