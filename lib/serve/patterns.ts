/** A pattern of Java's that has to match a text as a whole; one that cannot be read matches nothing. */
export function patternOf(pattern: string): (text: string) => boolean {
  const expression = expressionOf(pattern);
  return (text) => expression?.test(text) ?? false;
}

function expressionOf(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([a-z]+)\)([^]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join(''));
  } catch {
    return undefined;
  }
}
