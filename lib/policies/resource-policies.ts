import { matchesPattern } from './glob';

/** A statement of a resource policy as in a template. */
export interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the principal is any caller, signed or not. */
export const isAnybody = (principal: unknown): boolean =>
  asList(principal).includes('*') || (isRecord(principal) && asList(principal.AWS).includes('*'));

/** Whether the action includes calls of an API. */
export const isInvoke = (action: unknown): boolean =>
  typeof action === 'string' && matchesPattern(action.toLowerCase(), 'execute-api:invoke');
