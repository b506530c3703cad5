import { Refused } from './account';
import { creationOrder, type Template, withDependents } from './template';

/** A failure that is put into an operation. */
export interface Failure {
  /** The resource that fails. */
  readonly at: string;
  /** `refused`: it is not made. `unstable`: it is there, and fails then. */
  readonly how?: 'refused' | 'unstable';
}

/** What needs the resource that fails comes after it, all else before. */
export function orderOf(template: Template, failure?: Failure): string[] {
  const order = creationOrder(template);
  if (!failure) return order;
  if (!(failure.at in template.Resources)) throw new Error(`the template has no ${failure.at}`);
  const after = withDependents(template, [failure.at]);
  return [...order.filter((id) => !after.has(id)), ...order.filter((id) => after.has(id))];
}

class Failed extends Refused {
  constructor(
    public readonly logicalId: string,
    reason: string,
  ) {
    super(reason);
  }
}

export function guard(failure: Failure | undefined, id: string, how: 'refused' | 'unstable'): void {
  if (failure?.at === id && (failure.how ?? 'refused') === how) throw new Failed(id, 'failed as it was told to');
}

export const named = (error: unknown, id: string): unknown =>
  error instanceof Refused ? new Failed(id, error.message) : error;

export function failureOf(error: unknown): { logicalId: string; reason: string } {
  if (!(error instanceof Failed)) throw error;
  return { logicalId: error.logicalId, reason: error.message };
}
