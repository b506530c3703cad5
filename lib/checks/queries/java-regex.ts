/** What only Java's expressions have: flags, possessive and atomic groups, classes and quotations. */
const JAVA_ONLY = /\(\?[a-zA-Z-]+[:)]|\(\?>|[*+?}]\+|\\[pPQEGAZzhHRX]|&&|\[\[/;

/** Why API Gateway, which uses Java's expressions, cannot read the pattern; undefined if it can, or if that is unknown. */
export function regexFault(pattern: string): string | undefined {
  if (JAVA_ONLY.test(pattern)) return undefined;
  const open = /\{\d+(?:,\d*)?(?![\d,}])/.exec(pattern);
  if (open) return `"${open[0]}" has no end`;
  try {
    RegExp(pattern);
    return undefined;
  } catch (error) {
    return String((error as Error).message)
      .replace(/^.*: /, '')
      .toLowerCase();
  }
}
