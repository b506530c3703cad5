import { Duration, type Stack } from 'aws-cdk-lib';
import { said } from './support';

/** Values that are taken, the bounds themselves among them, and those just beyond, which are refused with these words. */
export interface Range {
  readonly make: (stack: Stack, value: never) => unknown;
  readonly taken: readonly unknown[];
  readonly refused: readonly (readonly [unknown, string])[];
}

export function range<T>(
  make: (stack: Stack, value: T) => unknown,
  taken: readonly T[],
  ...refused: readonly (readonly [T, string])[]
): Range {
  return { make, taken, refused };
}

export const ms = (millis: number): Duration => Duration.millis(millis);
export const s = (seconds: number): Duration => Duration.seconds(seconds);

/** Every value of every range is tried on a synthesis of its own. */
export function hold(ranges: Readonly<Record<string, Range>>): void {
  describe.each(Object.entries(ranges))('%s', (_, { make, taken, refused }) => {
    test.each(taken.map((value) => [shown(value), value]))('takes %s', (_, value) => {
      expect(said((stack) => make(stack, value as never))).toBe('');
    });

    test.each(refused.map(([value, words]) => [shown(value), value, words] as const))(
      'refuses %s',
      (_, value, words) => {
        expect(said((stack) => make(stack, value as never))).toContain(words);
      },
    );
  });
}

function shown(value: unknown): string {
  return value instanceof Duration ? `${value.toMilliseconds()} ms` : String(value);
}
