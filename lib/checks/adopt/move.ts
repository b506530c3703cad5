/**
 * `collides`: CloudFormation or the service refuses the update. `replaced`: another resource takes its place. `lost`: it is
 * deleted. `changes`: it remains, and callers see something else. `unknown`: only the deployment knows.
 */
export type MoveKind = 'collides' | 'replaced' | 'lost' | 'changes' | 'unknown';

/** What an update of a stack does to a resource of a live API. */
export interface Move {
  readonly kind: MoveKind;
  readonly template: string;
  readonly logicalId: string;
  readonly type: string;
  /** What happens, and why. */
  readonly what: string;
  /** What callers or operators notice. */
  readonly consequence: string;
  /** What to do instead. */
  readonly instead: string;
}
