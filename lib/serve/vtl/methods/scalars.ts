import { equal } from '../compare';
import { compare, double, integer, type JavaNumber, whole } from '../numbers';
import { print } from '../print';
import { type Value } from '../values';
import { methods, type Methods } from './call';
import { parsed } from './text';

const truncated = ({ value }: JavaNumber): bigint =>
  typeof value === 'bigint' ? value : BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);

const common = {
  intValue: {
    takes: [],
    call: (self: JavaNumber) => ({ type: 'Integer' as const, value: BigInt.asIntN(32, truncated(self)) }),
  },
  longValue: {
    takes: [],
    call: (self: JavaNumber) => ({ type: 'Long' as const, value: BigInt.asIntN(64, truncated(self)) }),
  },
  doubleValue: { takes: [], call: (self: JavaNumber) => double(Number(self.value)) },
  equals: { takes: ['any' as const], call: (self: JavaNumber, other: Value) => equal(self, other) },
  compareTo: {
    takes: ['number' as const],
    call: (self: JavaNumber, other: JavaNumber) => integer(compare(self, other)),
  },
  toString: { takes: [], call: (self: JavaNumber) => print(self) },
};

const INTEGER = methods<JavaNumber>({
  ...common,
  parseInt: { takes: ['text'], call: (_, digits: string) => parsed.whole(digits) },
  valueOf: { takes: ['text'] as const, call: (_, digits: string) => parsed.whole(digits) },
  toHexString: { takes: ['int'], call: (_, value: number) => (value >>> 0).toString(16) },
});

const LONG = methods<JavaNumber>({
  ...common,
  parseLong: {
    takes: ['text'],
    call: (_, digits: string) => ({ ...(parsed.whole(digits) as JavaNumber), type: 'Long' }) as JavaNumber,
  },
});

const DOUBLE = methods<JavaNumber>({
  ...common,
  parseDouble: { takes: ['text'], call: (_, digits: string) => parsed.decimal(digits) },
  valueOf: { takes: ['text'] as const, call: (_, digits: string) => parsed.decimal(digits) },
  isNaN: { takes: [], call: ({ value }) => Number.isNaN(value) },
  isInfinite: { takes: [], call: ({ value }) => !Number.isNaN(value) && !Number.isFinite(value) },
});

/** The methods of java.lang.Number's classes. */
export const NUMBER_METHODS: Readonly<Record<JavaNumber['type'], Methods<JavaNumber>>> = {
  ...{ Integer: INTEGER, Long: LONG, Double: DOUBLE },
  BigInteger: methods<JavaNumber>({ ...common, negate: { takes: [], call: ({ value }) => whole(-(value as bigint)) } }),
};

/** The methods of java.lang.Boolean. */
export const BOOLEAN_METHODS = methods<boolean>({
  booleanValue: { takes: [], call: (self) => self },
  equals: { takes: ['any'], call: (self, other: Value) => self === other },
  toString: { takes: [], call: String },
  parseBoolean: { takes: ['text'], call: (_, text: string) => text.toLowerCase() === 'true' },
});
