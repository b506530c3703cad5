/**
 * The error of a regular expression of Java; undefined if it has none. Syntax that only Java supports is translated to
 * JavaScript, so only what neither supports is reported.
 */
export function faultOfPattern(pattern: string): string | undefined {
  const known = pattern
    // \Q…\E: literal text.
    .replace(/\\Q([^]*?)(?:\\E|$)/g, (_all, text: string) => text.replace(/[^A-Za-z0-9]/g, '\\$&'))
    // Flags.
    .replace(/\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?\)/g, '')
    .replace(/\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?:/g, '(?:')
    // Possessive groups and quantifiers.
    .replace(/\(\?>/g, '(?:')
    .replace(/((?:^|[^\\])(?:\\\\)*[*+?}])\+/g, '$1');
  try {
    new RegExp(known);
    return undefined;
  } catch (error) {
    // The message repeats the expression between slashes.
    return error instanceof Error
      ? error.message.slice(error.message.lastIndexOf('/') + 1).replace(/^[a-z]*: /, '')
      : String(error);
  }
}
