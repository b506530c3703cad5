/** ` Did you mean "check"?` where a candidate looks like the word, else what there is. */
export function nearMiss(word: string, candidates: readonly string[], prefix = ''): string {
  const [best] = candidates
    .map((candidate) => ({ candidate, likeness: likeness(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((one) => one.likeness >= 0.4)
    .sort((a, b) => b.likeness - a.likeness);
  return best
    ? ` Did you mean "${prefix}${best.candidate}"?`
    : ` There is: ${candidates.map((candidate) => prefix + candidate).join(', ')}.`;
}

/** From 0 to 1: the share of letter pairs, ends of the word included, that both have. */
function likeness(a: string, b: string): number {
  const [of, among] = [pairs(a), pairs(b)];
  const shared = of.filter((pair) => {
    const at = among.indexOf(pair);
    if (at >= 0) among.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (pairs(a).length + pairs(b).length);
}

function pairs(word: string): string[] {
  const framed = `^${word}$`;
  return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2));
}
