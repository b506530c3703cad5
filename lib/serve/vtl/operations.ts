import { type BinaryOperator } from './ast';
import { isNumber, same } from './compare';
import { calculate, compare } from './numbers';
import { print } from './print';
import { TemplateError } from './scanner';
import { type Value } from './values';

/** Longer texts are refused: a template can double one in each step. */
export const TEXT_MAX = 10_000_000;

/** All operators but `&&` and `||`, which may leave out their right side. */
export type Operator = Exclude<BinaryOperator, '&&' | '||'>;

export function operate(operator: Operator, left: Value, right: Value): Value {
  switch (operator) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return isNumber(left) && isNumber(right) && ordered(operator, compare(left, right));
  }
  if (isNumber(left) && isNumber(right)) return calculate(operator, left, right);
  return operator === '+' ? joined(left, right) : null;
}

function ordered(operator: '<' | '>' | '<=' | '>=', order: number): boolean {
  if (order === 0) return operator.endsWith('=');
  return operator.startsWith(order < 0 ? '<' : '>');
}

/** Texts are joined, with whatever is on the other side. */
function joined(left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  if (typeof left !== 'string' && typeof right !== 'string') return null;
  const text = print(left) + print(right);
  if (text.length > TEXT_MAX) throw new TemplateError(`a text of more than ${TEXT_MAX} characters`);
  return text;
}
