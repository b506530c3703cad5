import * as fc from 'fast-check';
import { type Change } from '../../lib/diff/change';
import { EDITS } from './edits';
import { between, changed, type Edit } from './shop';

const said = ({ kind, subject, aspect, class: name }: Pick<Change, 'kind' | 'subject' | 'aspect' | 'class'>): string =>
  [kind, subject, aspect, name].join(' | ');

const expected = (edits: readonly Edit[], isBack = false): string[] =>
  edits.map((one) => said({ ...one, class: isBack ? one.back : one.class })).sort();

describe.each(EDITS.map((edit) => [edit.name, edit] as const))('%s', (_, edit) => {
  test('is found, and nothing else', () => {
    expect(between(changed([]), changed([edit])).map(said)).toEqual(expected([edit]));
  });

  test('and its reverse', () => {
    expect(between(changed([edit]), changed([])).map(said)).toEqual(expected([edit], true));
  });
});

const some = fc.subarray([...EDITS]);

test('of any edits, each is found at its class, at a place in a template', () => {
  fc.assert(
    fc.property(some, (edits) => {
      const [before, after] = [changed([]), changed(edits)];
      const changes = between(before, after);
      expect(changes.map(said).sort()).toEqual(expected(edits));
      for (const { location, side, why } of changes) {
        const { template, file } = side === 'after' ? after : before;
        expect(location.template).toBe(file);
        expect(Object.keys(template.Resources ?? {})).toContain(location.logicalId);
        expect(why).not.toBe('');
      }
    }),
    { numRuns: 60 },
  );
});

const REVERSED = { added: 'removed', removed: 'added', changed: 'changed' } as const;

test('reversed, what was added is removed, and what was before is after', () => {
  const key = ({ kind, subject, aspect, change, before, after }: Omit<Change, 'class' | 'why' | 'location' | 'side'>) =>
    JSON.stringify([kind, subject, aspect, change, before, after]);
  fc.assert(
    fc.property(some, some, (first, second) => {
      const [a, b] = [changed(first), changed(second)];
      const back = between(b, a).map((one) =>
        key({ ...one, change: REVERSED[one.change], before: one.after, after: one.before }),
      );
      expect(back.sort()).toEqual(between(a, b).map(key).sort());
    }),
    { numRuns: 60 },
  );
});

test('a template does not differ from itself, whatever is in it', () => {
  fc.assert(
    fc.property(some, (edits) => {
      expect(between(changed(edits), changed(edits))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
