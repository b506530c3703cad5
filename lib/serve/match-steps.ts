/** A bounded repetition up to here is counted as so many choices, and one beyond as if it had no bound. */
const FEW = 20;

/** An escape, a group as it begins, a repetition with its `?`, or one character. */
const PIECE = /\\[^]|\((?:\?(?:<[=!]?|[:=!]))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/g;

/**
 * An upper bound for the steps of a backtracking engine that matches a pattern at one place of a text of a length; infinite if
 * there is none by counting: repetitions within repetitions, back references, and what looks behind.
 */
export function matchSteps(pattern: string, length: number): number {
  let [choices, repetitions] = [1, 0];
  let inClass = false;
  /** For each open group, the whole pattern first, and for what was read last: whether it matches in several ways. */
  const varied = [false];
  let lastVaried = false;
  for (const [piece] of pattern.matchAll(PIECE)) {
    const isVaried = lastVaried;
    lastVaried = false;
    if (inClass || piece === '[') inClass = piece !== ']';
    else if (/^(?:\\[1-9k]|\(\?<[=!])/.test(piece)) return Infinity;
    else if (piece.startsWith('(')) varied.push(false);
    else if (piece === ')') {
      lastVaried = varied.pop() ?? false;
      if (lastVaried) varied[varied.length - 1] = true;
    } else if (/^[|*+?{]/.test(piece)) {
      const most = mostOf(piece);
      // As often as this, each time in one of several ways: all of their products.
      if (isVaried && most > 1) return Infinity;
      if (most > FEW) repetitions++;
      else choices *= most + 1;
      varied[varied.length - 1] = true;
    }
  }
  return pattern.length * choices * (length + 1) ** repetitions;
}

/** How often something is matched; an alternative is a choice as `?` is. */
function mostOf(repetition: string): number {
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)/.exec(repetition) ?? [];
  if (least === undefined) return /^[?|{]/.test(repetition) ? 1 : Infinity;
  return comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
}
