/**
 * Stands for a value that only CloudFormation will know: an intrinsic that the templates at hand cannot resolve.
 * No rule may judge it.
 */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value as far as the template tells: itself, or unknown. */
export type Value<T> = T | typeof UNKNOWN;

/** Whether the value is there and known. */
export function isKnown<T>(value: Value<T> | undefined): value is T {
  return value !== UNKNOWN && value !== undefined;
}

/** The value if it is known, else the fallback; for an absent value the fallback too. */
export function knownOr<T>(value: Value<T> | undefined, fallback: T): T {
  return isKnown(value) ? value : fallback;
}
