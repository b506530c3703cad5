import { type Location } from '../template/model/place';
import { type Verdict } from './change';
import { uncertain } from './rules';
import { type Rule, type Shown, type Subject, type Trait } from './trait';

/** A change of one trait. */
export interface TraitChange {
  readonly verdict: Verdict;
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  readonly location?: Location;
  readonly side: 'before' | 'after';
}

export function traitChanges(before: Subject, after: Subject): TraitChange[] {
  const [was, is] = [byName(before.traits), byName(after.traits)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name) => compared(name, was.get(name), is.get(name)));
}

const byName = (traits: readonly Trait[]): Map<string, Trait> => new Map(traits.map((trait) => [trait.name, trait]));

function compared(name: string, was: Trait | undefined, is: Trait | undefined): TraitChange[] {
  const [rule, isList] = [(is ?? was)?.rule, was?.elements ?? is?.elements];
  if (rule === undefined || (rule.isForBoth && (!was || !is))) return [];
  const isWhole = was?.value !== undefined || is?.value !== undefined;
  return isList && !isWhole ? listChanges(name, was, is, rule) : valueChange(name, was, is, rule);
}

function valueChange(name: string, was: Trait | undefined, is: Trait | undefined, rule: Rule): TraitChange[] {
  const [before, after] = [wholeOf(was), wholeOf(is)];
  if (before?.key === after?.key) return [];
  const verdict = judged(before, after, rule);
  const side = is ? 'after' : 'before';
  return verdict
    ? [{ verdict, name, before: before?.text, after: after?.text, location: (is ?? was)?.location, side }]
    : [];
}

const UNCERTAIN = uncertain('only the deployment knows the value; possibly breaking');

function judged(before: Shown | undefined, after: Shown | undefined, rule: Rule): Verdict | undefined {
  const isPresence = rule.isOfPresence && (!before || !after);
  const isSure = before?.isSure !== false && after?.isSure !== false;
  return isSure || isPresence || rule.isForAll ? rule.judge(before, after) : UNCERTAIN;
}

/** A list that is compared with a value of which nothing is known. */
function wholeOf(trait: Trait | undefined): Shown | undefined {
  if (!trait?.elements) return trait?.value;
  const text = trait.elements.map((one) => one.text).join(', ') || '(none)';
  return { key: text, text, isSure: true };
}

function listChanges(name: string, was: Trait | undefined, is: Trait | undefined, rule: Rule): TraitChange[] {
  const [before, after] = [was?.elements ?? [], is?.elements ?? []];
  const covers = (is ?? was)?.covers ?? (() => false);
  const isIn = (one: Shown, others: readonly Shown[]): boolean =>
    others.some((other) => other.key === one.key || covers(other, one));
  const gone = before.filter((one) => !isIn(one, after));
  const come = after.filter((one) => !isIn(one, before));
  // A reference may stand for what is written on the other side.
  const mayBe = (one: Shown, others: readonly Shown[]): boolean =>
    others.length > 0 && (!one.isSure || others.some((other) => !other.isSure));
  const change = (one: Shown, isNew: boolean): TraitChange[] => {
    const verdict = mayBe(one, isNew ? gone : come)
      ? UNCERTAIN
      : isNew
        ? rule.judge(undefined, one)
        : rule.judge(one, undefined);
    const trait = isNew ? is : (is ?? was);
    const side = trait === is ? 'after' : 'before';
    const text = isNew ? { after: one.text } : { before: one.text };
    return verdict ? [{ verdict, name, ...text, location: trait?.location, side }] : [];
  };
  return [...gone.flatMap((one) => change(one, false)), ...come.flatMap((one) => change(one, true))];
}
