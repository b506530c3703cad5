import { isToken } from './skeleton';
import { type Owner } from '../authoring/errors';

/**
 * CDK silently drops this name from every map that it writes into a template.
 * @throws if a map, or a nested one, has it
 */
export function rejectLostNames(value: unknown, owner: Owner, what: string, depth = 0): void {
  if (typeof value !== 'object' || value === null || isToken(value) || depth > 100) return;
  if (Object.hasOwn(value, LOST)) {
    throw owner.error(`${what} has the name "${LOST}", which CDK cannot write into a template; use another name`);
  }
  for (const inner of Object.values(value)) rejectLostNames(inner, owner, what, depth + 1);
}

const LOST = '__proto__';
