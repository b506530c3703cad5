import { type BinaryOperator } from './ast';
import { TemplateError } from './scanner';

/** A number as Java has it: whole ones are exact, others are doubles, or decimals of more digits than doubles have. */
export type JavaNumber =
  | { readonly type: 'Integer' | 'Long' | 'BigInteger'; readonly value: bigint }
  | { readonly type: 'Double'; readonly value: number };

const INT = 2n ** 31n;
const LONG = 2n ** 63n;

const fits = (value: bigint, limit: bigint): boolean => value >= -limit && value < limit;

/** The smallest type that a literal, or a number of JSON, has. */
export function whole(value: bigint): JavaNumber {
  return { type: fits(value, INT) ? 'Integer' : fits(value, LONG) ? 'Long' : 'BigInteger', value };
}

export const integer = (value: number): JavaNumber => ({ type: 'Integer', value: BigInt(value) });

export const double = (value: number): JavaNumber => ({ type: 'Double', value });

/** A number as it is written. */
export function numberOf(digits: string): JavaNumber {
  return /^-?\d+$/.test(digits) ? whole(BigInt(digits)) : double(Number(digits));
}

type Arithmetic = Extract<BinaryOperator, '+' | '-' | '*' | '/' | '%'>;

const WHOLE: Record<Arithmetic, (a: bigint, b: bigint) => bigint> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const DOUBLE: Record<Arithmetic, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const ORDER = ['Integer', 'Long', 'BigInteger'];

/** The result has the wider type of both, or a wider one if it does not fit; nothing after a division by zero. */
export function calculate(operator: Arithmetic, a: JavaNumber, b: JavaNumber): JavaNumber | null {
  if ((operator === '/' || operator === '%') && Number(b.value) === 0) return null;
  if (a.type === 'Double' || b.type === 'Double') {
    if (a.type === 'BigInteger' || b.type === 'BigInteger') {
      throw new TemplateError(`${printNumber(a)} ${operator} ${printNumber(b)}: more digits than are supported here`);
    }
    return double(DOUBLE[operator](Number(a.value), Number(b.value)));
  }
  const result = whole(WHOLE[operator](a.value, b.value));
  const type = ORDER[Math.max(...[a, b, result].map((each) => ORDER.indexOf(each.type)))];
  return { ...result, type } as JavaNumber;
}

export function compare(a: JavaNumber, b: JavaNumber): number {
  // Different types compare exactly in JavaScript.
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** As `toString` prints it: doubles have a point, and from 10^7 and below 10^-3 an exponent. */
export function printNumber({ value }: JavaNumber): string {
  if (typeof value === 'bigint') return String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa, power] = Math.abs(value).toExponential().split('e');
  const exponent = Number(power);
  const digits = mantissa.replace('.', '');
  const sign = value < 0 ? '-' : '';
  if (exponent >= 7 || exponent < -3) return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
}
