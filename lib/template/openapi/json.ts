/** A JSON object that is being made. */
export interface Json {
  [key: string]: unknown;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value, where it is an object; else an empty one. */
export function object(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The object without what is undefined. */
export function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** The object, or undefined where it is empty. */
export function orNothing<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
