import { bounded } from '../../bounded';
import { TemplateError } from '../scanner';

/** A regular expression of Java's; what only Java has is refused, not taken for something else. */
export function javaPattern(pattern: string, flags: string): RegExp {
  const foreign = foreignPart(pattern);
  if (foreign)
    throw new TemplateError(`the pattern ${JSON.stringify(pattern)} has ${foreign}, which is not supported here`);
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    throw new TemplateError(`the pattern ${JSON.stringify(pattern)} is not valid: ${(error as Error).message}`);
  }
}

/** Uses a pattern on a text, at each place of it. @throws TemplateError if that takes too long */
export const matched = <T>({ source }: RegExp, text: string, use: () => T): T =>
  bounded(`[^]*(?:${source})`, text, use, (reason) => new TemplateError(reason));

/** Whether the whole text is the pattern. @throws TemplateError if that takes too long */
export function isMatched(pattern: string, text: string): boolean {
  // By itself, since parentheses that do not match would end the group.
  const { source } = javaPattern(pattern, '');
  const whole = javaPattern(`^(?:${source})$`, '');
  return bounded(
    whole.source,
    text,
    () => whole.test(text),
    (reason) => new TemplateError(reason),
  );
}

/** Escapes, quantifiers and groups that JavaScript reads in another way, or not at all. */
function foreignPart(pattern: string): string | undefined {
  let inClass = false;
  for (const [piece] of pattern.matchAll(/\\[^]|&&|[*+?}]\+|\(\?[>imsuxdU-]|[^]/g)) {
    if (piece === '[' || piece === ']') inClass = piece === '[';
    if (/^\\[AzZGQEhHRX]$/.test(piece)) return piece;
    if (piece === '&&' ? inClass : piece.length > 1 && !piece.startsWith('\\') && !inClass) return piece;
  }
  return undefined;
}

/** A replacement as Java writes it: `$1` is a group, and `\` makes the next character plain. */
export function javaReplacement(replacement: string): (match: string, ...groups: unknown[]) => string {
  const parts = [...replacement.matchAll(/\\([^])|\$(\d)|([^\\$]+)|([\\$])/g)];
  if (parts.some(([, , , , bad]) => bad !== undefined)) {
    throw new TemplateError(
      `the replacement ${JSON.stringify(replacement)} has a "\\" or "$" that is not escaped with "\\"`,
    );
  }
  return (match, ...rest) => {
    const groups = rest.slice(
      0,
      rest.findIndex((each) => typeof each === 'number'),
    ) as Array<string | undefined>;
    return parts
      .map(([, plain, group, text]) => {
        if (group === undefined) return plain ?? text;
        if (Number(group) > groups.length) throw new TemplateError(`the pattern has no group ${group}`);
        return group === '0' ? match : (groups[Number(group) - 1] ?? '');
      })
      .join('');
  };
}
