import { TemplateError } from '../scanner';
import { JavaList, JavaMap, type Value } from '../values';

/** What a parameter of a Java method takes; `chars` is a text that may not be nothing. */
export type Parameter = 'int' | 'number' | 'text' | 'list' | 'map' | 'any';

/** One way to call a method. A method that throws ends the rendering, as an exception of Java's does. */
export interface Overload<T> {
  readonly takes: readonly Parameter[];
  call(self: T, ...args: never[]): Value;
}

export type Methods<T> = ReadonlyMap<string, ReadonlyArray<Overload<T>>>;

const FITS: Readonly<Record<Parameter, (value: Value) => boolean>> = {
  int: (value) => value !== null && typeof value === 'object' && 'type' in value && value.type === 'Integer',
  number: (value) => value !== null && typeof value === 'object' && 'type' in value,
  text: (value) => typeof value === 'string' || value === null,
  list: (value) => value instanceof JavaList || value === null,
  map: (value) => value instanceof JavaMap || value === null,
  any: () => true,
};

/** Gives methods plain values: `int` as a number, and no nothing where Java throws for it. */
const given = (takes: Parameter, value: Value, method: string): unknown => {
  if (takes === 'int') return Number((value as { value: bigint }).value);
  if (value === null && takes !== 'any') throw new TemplateError(`${method} of nothing`);
  return value;
};

/**
 * Calls a method by its name and the types of its arguments.
 *
 * @returns undefined if there is no such method
 */
export function callMethod<T>(methods: Methods<T>, self: T, name: string, args: readonly Value[]): Value | undefined {
  const found = methods
    .get(name)
    ?.find(({ takes }) => takes.length === args.length && takes.every((each, at) => FITS[each](args[at])));
  return found?.call(self, ...(args.map((arg, at) => given(found.takes[at], arg, name)) as never[]));
}

/** A table from names to their overloads. */
export function methods<T>(table: Readonly<Record<string, Overload<T> | readonly Overload<T>[]>>): Methods<T> {
  return new Map(Object.entries(table).map(([name, one]) => [name, Array.isArray(one) ? one : [one]]));
}
