/** Every place in a value, as the path to it; the value itself first. */
export function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...path], ...inner.flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

/** A copy of the value with something else at one place. */
export function swapped(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = swapped(copy[key], rest, by);
  return copy;
}
