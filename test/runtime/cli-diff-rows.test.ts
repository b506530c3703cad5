import { shortened } from '../../runtime/cli/diff-rows';

const long = (middle: string): string => `${'a'.repeat(200)}${middle}${'z'.repeat(200)}`;

test('long values begin shortly before they differ', () => {
  const { before, after } = shortened(long('[sku]'), long('[sku,size]'));
  expect(before).toBe(`…${'a'.repeat(16)}[sku]${'z'.repeat(59)}…`);
  expect(after).toBe(`…${'a'.repeat(16)}[sku,size]${'z'.repeat(54)}…`);
});

test('a value that differs early, is new or is short begins at its start', () => {
  expect(shortened(`x${long('')}`, long(''))).toEqual({
    before: `x${'a'.repeat(79)}…`,
    after: `${'a'.repeat(80)}…`,
  });
  expect(shortened(undefined, long(''))).toEqual({ before: undefined, after: `${'a'.repeat(80)}…` });
  expect(shortened('10', '20')).toEqual({ before: '10', after: '20' });
});
