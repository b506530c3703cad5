import { bounded } from './bounded';
import { misconfigured } from './refusal';

/**
 * A pattern of Java's that has to match a text as a whole; one that cannot be read matches nothing.
 *
 * @returns what throws a Refusal if a match takes too long
 */
export function patternOf(pattern: string): (text: string) => boolean {
  const expression = expressionOf(pattern);
  if (!expression) return () => false;
  return (text) =>
    bounded(
      pattern,
      text,
      () => expression.test(text),
      (reason) => misconfigured(`A match was stopped: ${reason}`),
    );
}

function expressionOf(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([a-z]+)\)([^]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join(''));
  } catch {
    return undefined;
  }
}
