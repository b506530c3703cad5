/**
 * What is wrong with a regular expression of Java's; undefined where nothing is. What Java alone knows is written as JavaScript
 * reads it, so that only what neither would take is told.
 */
export function faultOfPattern(pattern: string): string | undefined {
  const known = pattern
    // \Q…\E: text as it is.
    .replace(/\\Q([^]*?)(?:\\E|$)/g, (_all, text: string) => text.replace(/[^A-Za-z0-9]/g, '\\$&'))
    // Flags.
    .replace(/\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?\)/g, '')
    .replace(/\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?:/g, '(?:')
    // Groups and quantifiers that do not go back.
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
