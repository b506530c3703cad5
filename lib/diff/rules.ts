import { type ChangeClass, type Verdict } from './change';
import { type Rule, type Shown } from './trait';

const verdict =
  (name: ChangeClass) =>
  (why: string): Verdict => ({ class: name, why });

export const breaking = verdict('breaking');
export const opening = verdict('opening');
export const uncertain = verdict('unknown');
export const harmless = verdict('harmless');

/** Every change of it means the same. */
export const always = (said: Verdict): Rule => ({ judge: () => said, isForAll: true });

/** A switch: what it means to turn it on, and to turn it off. */
export const onOff = (on: Verdict, off: Verdict): Rule => ({ judge: (_, after) => (after?.key === 'true' ? on : off) });

/** Something that is there or not; or that is another one. */
export const presence = (added: Verdict, removed: Verdict, changed: Verdict): Rule => ({
  judge: (before, after) => (before === undefined ? added : after === undefined ? removed : changed),
  isOfPresence: true,
});

/** An element of a list. */
export const element = (added: Verdict, removed: Verdict): Rule => presence(added, removed, removed);

/** One value of a few, from the most open to the most strict; others cannot be compared. */
export const ranked = (order: readonly string[], stricter: Verdict, laxer: Verdict): Rule => ({
  judge(before, after) {
    const [from, to] = [before, after].map((one) => order.indexOf(one?.key ?? ''));
    if (from < 0 || to < 0) return uncertain('these values cannot be compared');
    return to > from ? stricter : laxer;
  },
});

/** A number; without one there is no limit. */
export const limit = (lower: Verdict, higher: Verdict, none: Verdict = higher): Rule => ({
  judge(before, after) {
    if (after === undefined) return none;
    return before === undefined || Number(after.key) < Number(before.key) ? lower : higher;
  },
  isOfPresence: true,
});

/** By the value that there is now, else by the one that there was. */
export const byValue = (judge: (before: string | undefined, after: string | undefined) => Verdict): Rule => ({
  judge: (before, after) => judge(textOf(before), textOf(after)),
});

const textOf = (shown: Shown | undefined): string | undefined => shown?.key;
