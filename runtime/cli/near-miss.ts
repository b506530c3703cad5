import { nearest } from '../../lib/lookup/nearest';

/** ` Did you mean "check"?` if a candidate resembles the word, else all candidates. */
export function nearMiss(word: string, candidates: readonly string[], prefix = ''): string {
  const [best] = nearest(word, candidates);
  return best !== undefined
    ? ` Did you mean "${prefix}${best}"?`
    : ` Available: ${candidates.map((candidate) => prefix + candidate).join(', ')}.`;
}
