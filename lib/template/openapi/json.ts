import { Expression } from '../model/expression';

/** A JSON object that is being made. */
export interface Json {
  [key: string]: unknown;
}

/** A number or boolean of a template, with its spelling: `1.0` is a version where OpenAPI has a text. */
export class Written {
  constructor(
    public readonly value: number | boolean,
    public readonly text: string,
  ) {}
}

export function isJson(value: unknown): value is Json {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Expression) &&
    !(value instanceof Written)
  );
}

/** The value, if it is an object; else an empty one. */
export function object(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The value, if it is a list; else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The object without what is undefined. */
export function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** The object, or undefined if it is empty. */
export function orNothing<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

/** The value without the spelling of a number or boolean. */
export function scalar(value: unknown): unknown {
  return value instanceof Written ? value.value : value;
}
