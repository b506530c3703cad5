import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Repetitions up to here cost no more than a constant. */
const FEW = 300;

/** What a regular expression may be made of: which characters, by number; two sets are disjoint or not. */
type Chars = ReadonlySet<number>;

/** ASCII, and a few that stand for all other characters. */
const SAMPLE: readonly number[] = [...Array.from({ length: 128 }, (_, i) => i), 0xe9, 0x2028, 0x3042, 0xd800];
const disjoint = (a: Chars, b: Chars): boolean => [...a].every((char) => !b.has(char));
const union = (sets: readonly Chars[]): Chars => new Set(sets.flatMap((set) => [...set]));

/**
 * Why matching the expression may take more than time in proportion to the text; undefined where it cannot.
 *
 * A repetition without a bound may begin at a bounded number of places of its own run: there is a fixed character before it
 * that neither it nor anything repeated in between can hold (`\{[^{}]*`, `<[a-z]+\.[^<>]*`), and what is repeated in between
 * ends where it must; or it is so far from the beginning of the text, or from a place that `(?<!…)` tells. Then the runs of all
 * attempts hardly overlap, and the text is gone over a constant number of times. Where nothing after a repetition can fail,
 * there is no second attempt. Stricter than need be: what this refuses may be linear; what it passes is.
 */
export function superlinear(source: string, flags = ''): string | undefined {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  return new Checker(source, flags).problem(pattern);
}

/** What stands before a place: fixed characters, and before them what was repeated. */
interface Before {
  readonly fixed: readonly Chars[];
  readonly run?: { readonly holds: Chars; readonly first: Chars; readonly before: Before };
  /** What cannot stand before the first of the fixed characters: anything at the beginning of the text. */
  readonly after?: Chars;
}

const ANY: Chars = new Set(SAMPLE);

class Checker {
  private found?: string;

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  public problem(pattern: AST.Pattern): string | undefined {
    // A sticky expression is tried at one place alone.
    const start: Before = { fixed: [], after: this.flags.includes('y') ? ANY : undefined };
    pattern.alternatives.forEach((one) => this.sequence(one.elements, [start], true));
    return this.found;
  }

  /**
   * Goes over the elements; what may stand before each is a list, since there may be several ways to get there.
   * @param last whether nothing after them can fail
   */
  private sequence(elements: readonly AST.Element[], before: readonly Before[], last: boolean): readonly Before[] {
    return elements.reduce((at, element, index) => {
      const rest = elements.slice(index + 1);
      const toEnd = rest.every(isEnd) && !this.flags.includes('m') && this.charsOf(element).size === ANY.size;
      return this.after(element, at, last && (rest.every(isSkippable) || toEnd));
    }, before);
  }

  private after(element: AST.Element, before: readonly Before[], last: boolean): readonly Before[] {
    switch (element.type) {
      case 'Assertion':
        return this.afterAssertion(element, before);
      case 'Quantifier':
        return this.afterQuantifier(element, before, last);
      case 'Group':
      case 'CapturingGroup':
        return element.alternatives.flatMap((one) => this.sequence(one.elements, before, last));
      case 'Backreference':
        this.found ??= `${element.raw} repeats what was matched`;
        return before;
      default:
        return before.map((one) => ({ ...one, fixed: [...one.fixed, this.charsOf(element)] }));
    }
  }

  private afterAssertion(assertion: AST.Assertion, before: readonly Before[]): readonly Before[] {
    const isFirst = ({ fixed, run }: Before): boolean => fixed.length === 0 && run === undefined;
    const known = (after: Chars) => before.map((one) => (isFirst(one) ? { ...one, after } : one));
    if (assertion.kind === 'start' && !this.flags.includes('m')) return known(ANY);
    // What is looked at must be linear itself, and is gone over from the same place.
    if (assertion.kind === 'lookahead')
      assertion.alternatives.forEach((one) => this.sequence(one.elements, before, false));
    if (assertion.kind !== 'lookbehind') return before;
    const [only] = assertion.alternatives.length === 1 ? assertion.alternatives[0].elements : [];
    if (assertion.alternatives.some(({ elements }) => elements.some(isUnbounded)))
      this.found ??= `${assertion.raw} looks back without a bound`;
    const isOne = only !== undefined && assertion.alternatives[0].elements.length === 1;
    return assertion.negate && isOne && /^Character/.test(only.type) ? known(this.charsOf(only)) : before;
  }

  private afterQuantifier(quantifier: AST.Quantifier, before: readonly Before[], last: boolean): readonly Before[] {
    const { element, max, min } = quantifier;
    const skipped = min === 0 ? before : [];
    if (max <= FEW) {
      if (max > 1 && isUnbounded(element)) this.found ??= `${quantifier.raw} repeats what is repeated without a bound`;
      const once = this.after(element, before, last && max === 1);
      return max <= 1 ? [...skipped, ...once] : [...skipped, ...once, ...this.after(element, once, false)];
    }
    const [holds, first] = [this.charsOf(element), this.firstOf(element)];
    for (const one of before) {
      if (!last && !beginsSeldom(one, holds, first))
        this.found ??= `${quantifier.raw} at ${quantifier.start} of /${this.source}/ may begin anywhere in its own run`;
    }
    if (isGroup(element)) this.loop(quantifier, element, before);
    return [...skipped, ...before.map((one) => ({ fixed: [], run: { holds, first, before: one } }))];
  }

  /** A group that is repeated: each turn has one way to be matched, and what is repeated in it begins once in it. */
  private loop(quantifier: AST.Quantifier, group: Group, before: readonly Before[]): void {
    const firsts = group.alternatives.map((one) => this.firstOfAll(one.elements));
    const isTwice = firsts.some((first, i) => firsts.slice(i + 1).some((other) => !disjoint(first, other)));
    if (isTwice) this.found ??= `${quantifier.raw} has two ways to match the same`;
    if (group.alternatives.some(({ elements }) => elements.every(isOptional)))
      this.found ??= `${quantifier.raw} repeats what may be nothing`;
    const turn = group.alternatives.flatMap((one) => this.sequence(one.elements, before, false));
    group.alternatives.forEach((one) => this.sequence(one.elements, turn, false));
  }

  private firstOfAll(elements: readonly AST.Element[]): Chars {
    const end = elements.findIndex((one) => !isOptional(one));
    return union(elements.slice(0, end < 0 ? elements.length : end + 1).map((one) => this.firstOf(one)));
  }

  private firstOf(element: AST.Element): Chars {
    if (element.type === 'Quantifier') return this.firstOf(element.element);
    if (!isGroup(element)) return this.charsOf(element);
    return union(element.alternatives.map(({ elements }) => this.firstOfAll(elements)));
  }

  /** The characters that an element may hold. */
  private charsOf(element: AST.Element): Chars {
    if (element.type === 'Quantifier') return this.charsOf(element.element);
    if (isGroup(element))
      return union(element.alternatives.flatMap(({ elements }) => elements.map((one) => this.charsOf(one))));
    if (element.type === 'Assertion' || element.type === 'Backreference') return new Set();
    const one = new RegExp(`^${element.raw}$`, this.flags.replace(/[gy]/g, ''));
    return new Set(SAMPLE.filter((char) => one.test(String.fromCharCode(char))));
  }
}

/** Whether a repetition begins at a bounded number of places of its own run. */
function beginsSeldom(before: Before, holds: Chars, first: Chars): boolean {
  const between = [holds];
  let [at, next] = [before, first];
  for (;;) {
    const { fixed, run, after } = at;
    if (fixed.some((chars) => between.every((one) => disjoint(chars, one)))) return true;
    if (run === undefined)
      return after !== undefined && between.every((one) => [...one].every((char) => after.has(char)));
    // It must be plain where what was repeated ends: else each of its characters is one more place to begin.
    const ends = fixed.some((chars) => disjoint(chars, run.holds)) || disjoint(union([run.holds, ...fixed]), next);
    if (!ends) return false;
    between.push(run.holds);
    [at, next] = [run.before, run.first];
  }
}

type Group = AST.Group | AST.CapturingGroup;

const isGroup = (element: AST.Element): element is Group =>
  element.type === 'Group' || element.type === 'CapturingGroup';

const isUnbounded = (element: AST.Element): boolean =>
  element.type === 'Quantifier'
    ? element.max > FEW || isUnbounded(element.element)
    : isGroup(element) && element.alternatives.some(({ elements }) => elements.some(isUnbounded));

const isOptional = (element: AST.Element): boolean =>
  (element.type === 'Quantifier' && element.min === 0) ||
  element.type === 'Assertion' ||
  (isGroup(element) && element.alternatives.some(({ elements }) => elements.every(isOptional)));

/** What cannot make a match fail. */
const isSkippable = (element: AST.Element): boolean => element.type !== 'Assertion' && isOptional(element);

const isEnd = (element: AST.Element): boolean => element.type === 'Assertion' && element.kind === 'end';
