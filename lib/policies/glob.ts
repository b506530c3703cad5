/** Whether the pattern, in which `*` stands for any characters and `?` for one, matches the text. */
export function matchesPattern(pattern: string, text: string): boolean {
  return isLike(text, pattern.split('*'));
}

/**
 * The same, for a pattern that is matched against many texts.
 *
 * @param parts the pattern, cut at each `*`
 */
export function isLike(text: string, parts: readonly string[]): boolean {
  const [first] = parts;
  const behind = parts.length - 1;
  if (behind === 0) {
    return text.length === first.length && fits(text, first, 0);
  }
  const last = parts[behind];
  const end = text.length - last.length;
  if (end < first.length || !fits(text, first, 0) || !fits(text, last, end)) {
    return false;
  }
  // The first match of each part leaves the most text for the later parts, so no backtracking is needed.
  let at = first.length;
  for (let index = 1; index < behind; index++) {
    const found = indexOf(text, parts[index], at);
    if (found < 0) {
      return false;
    }
    at = found + parts[index].length;
  }
  return at <= end;
}

function indexOf(text: string, part: string, from: number): number {
  if (!part.includes('?')) {
    return text.indexOf(part, from);
  }
  for (let at = from; at + part.length <= text.length; at++) {
    if (fits(text, part, at)) {
      return at;
    }
  }
  return -1;
}

function fits(text: string, part: string, at: number): boolean {
  if (!part.includes('?')) {
    return text.startsWith(part, at);
  }
  for (let index = 0; index < part.length; index++) {
    if (part[index] !== '?' && part[index] !== text[at + index]) {
      return false;
    }
  }
  return true;
}
