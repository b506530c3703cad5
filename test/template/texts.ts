import { Expression } from '../../lib/template/model/expression';

/**
 * Lets `toEqual` and `toMatchObject` take a text with references for what it prints as: `<Fn.Arn>`. Such an expected text is never
 * equal to a literal with the same characters.
 */
export function compareTextsAsPrinted(): void {
  // The types of Jest's globals lack it.
  (expect as unknown as { addEqualityTesters(testers: unknown[]): void }).addEqualityTesters([
    (a: unknown, b: unknown): boolean | undefined => {
      const [[expression, other]] = a instanceof Expression ? [[a, b]] : [[b, a]];
      if (expression instanceof Expression) {
        return other instanceof Expression ? expression.key === other.key : expression.toString() === other;
      }
      return typeof a === 'string' && a === b && REFERENCE.test(a) ? false : undefined;
    },
  ]);
}

const REFERENCE = /<([A-Z][^<>]*|unknown|[^<>]+#[^<>]+)>/;
