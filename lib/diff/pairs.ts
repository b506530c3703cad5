import { grouped } from '../lookup/grouped';

export interface Pairs<T> {
  readonly both: readonly (readonly [before: T, after: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs what is equal by the first of the keys that says so; of several equal ones, in their order. */
export function paired<T>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly ((one: T) => string | undefined)[],
): Pairs<T> {
  const both: (readonly [T, T])[] = [];
  let [removed, added] = [before, after];
  for (const keyOf of keys) {
    const waiting = grouped(added, keyOf);
    const taken = new Set<T>();
    const left: T[] = [];
    for (const one of removed) {
      const key = keyOf(one);
      const found = key === undefined ? undefined : waiting.get(key)?.shift();
      if (found === undefined) left.push(one);
      else {
        both.push([one, found]);
        taken.add(found);
      }
    }
    removed = left;
    added = added.filter((one) => !taken.has(one));
  }
  return { both, removed, added };
}
