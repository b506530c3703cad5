import { isNumber } from '../vtl/compare';
import { double, integer } from '../vtl/numbers';
import { print } from '../vtl/print';
import { TemplateError } from '../vtl/scanner';
import { JavaList, JavaMap, type Value } from '../vtl/values';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

const NUMERIC: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum,
  avg: mean,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  stddev: (values) => Math.sqrt(mean(values.map((each) => (each - mean(values)) ** 2))),
};

/**
 * Calls a function at the end of a path.
 *
 * @returns undefined if it has no result
 * @throws TemplateError if there is no such function, or it takes no such value
 */
export function callFunction(name: string, self: Value, args: readonly Value[]): Value | undefined {
  if (Object.hasOwn(NUMERIC, name)) return numeric(name, self, args);
  switch (name) {
    case 'length':
    case 'size':
      return lengthOf(self);
    case 'keys':
      return self instanceof JavaMap ? new JavaList(self.keys, 'json') : undefined;
    case 'concat':
      return [...(self instanceof JavaList ? self.items : []), ...args].map((each) => print(each)).join('');
    case 'append':
      return self instanceof JavaList ? new JavaList([...self.items, ...args], 'json') : self;
    case 'first':
      return self instanceof JavaList ? self.items[0] : undefined;
    case 'last':
      return self instanceof JavaList ? self.items.at(-1) : undefined;
    case 'index':
      return self instanceof JavaList && isNumber(args[0] ?? null)
        ? self.items.at(Number((args[0] as { value: bigint }).value))
        : undefined;
  }
  throw new TemplateError(`JSONPath has no function ${name}()`);
}

function numeric(name: string, self: Value, args: readonly Value[]): Value {
  const all = [...(self instanceof JavaList ? self.items : []), ...args].flatMap((each) =>
    each instanceof JavaList ? each.items : [each],
  );
  const values = all.filter(isNumber).map(({ value }) => Number(value));
  if (values.length === 0) throw new TemplateError(`${name}() of no numbers`);
  return double(NUMERIC[name](values));
}

function lengthOf(self: Value): Value | undefined {
  if (self instanceof JavaList) return integer(self.items.length);
  return self instanceof JavaMap ? integer(self.size) : undefined;
}
