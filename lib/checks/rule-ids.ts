import { type Rule } from './rule';

const withoutKind = (id: string): string => id.slice(id.indexOf('-') + 1).toUpperCase();
const areaOf = (id: string): string => withoutKind(id).replace(/(?<!\d)\d+$/, '');

/** Ids that were probably meant: the same number under another prefix, else the same area. */
export function nearestIds(word: string, rules: readonly Rule[]): string[] {
  const ids = rules.map(({ id }) => id);
  const tests = [
    (id: string): boolean => id === word.trim().toUpperCase(),
    (id: string): boolean => withoutKind(id) === withoutKind(word.trim()),
    (id: string): boolean => areaOf(id) === areaOf(word.trim()),
  ];
  for (const test of tests) {
    const near = ids.filter(test);
    if (near.length > 0) {
      return near;
    }
  }
  return [];
}
