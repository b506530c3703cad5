/** The candidates that the given word was probably meant to be, nearest first; never the word itself. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  // Two swapped letters are two edits; in a word of three letters that would be another word.
  const limit = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit && candidate !== word)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .map(({ candidate }) => candidate);
}

/** ` Did you mean "x"?` if one candidate is near, otherwise the list of allowed values. */
export function suggest(word: string, candidates: readonly string[]): string {
  const [first] = nearest(word, candidates);
  return first !== undefined ? ` Did you mean "${first}"?` : ` Allowed: ${candidates.join(', ')}.`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j] + 1, current[j - 1] + 1, substituted));
    }
    previous = current;
  }
  return previous[b.length];
}
