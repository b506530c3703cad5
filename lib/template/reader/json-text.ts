/** Nothing that CloudFormation or API Gateway takes is nested deeper; functions that call themselves can go that far. */
export const MAX_LEVELS = 1000;

/** The value as JSON; undefined if it comes to nothing, or is nested deeper than can be written. */
export function jsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** Whether the value is nested deeper than any template or definition. */
export const isTooDeep = (value: unknown): boolean => Number.isNaN(keysIn(value));

/** How many keys the objects in the value have; not a number if it is nested too deep. */
export function keysIn(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_LEVELS) return NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') keys += keysIn(item, depth + 1);
    return keys;
  }
  for (const key in value) {
    keys++;
    const child = (value as Record<string, unknown>)[key];
    if (typeof child === 'object') keys += keysIn(child, depth + 1);
  }
  return keys;
}
