/** Nothing that CloudFormation or API Gateway takes is nested deeper; functions that call themselves can go that far. */
export const MAX_LEVELS = 1000;

/** The value as JSON; undefined where it comes to nothing, and where it is nested deeper than can be written. */
export function jsonText(value: unknown, replacer?: (key: string, value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** Whether the value is nested deeper than any template or definition. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_LEVELS) {
      return true;
    }
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null
        ? Object.values(one).filter((inner) => typeof inner === 'object' && inner !== null)
        : [],
    );
  }
  return false;
}
