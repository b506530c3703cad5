import { isToken } from '../document/skeleton';
import { pointer } from './subschemas';

/** One error, and its place. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A frozen copy, so later changes by the user have no effect; tokens are kept. */
export function frozenCopy(value: unknown, problems: Problem[]): unknown {
  return copy(value, { path: [], parents: [], problems });
}

/** The state of the copying. */
interface Walk {
  readonly path: string[];
  readonly parents: unknown[];
  readonly problems: Problem[];
}

function copy(value: unknown, walk: Walk): unknown {
  if (typeof value === 'object' && value !== null) {
    // A token has state: it must not be frozen.
    if (!Array.isArray(value) && isToken(value)) return value;
    const { path, parents } = walk;
    if (parents.includes(value)) {
      return refuse(walk, `is circular: it refers back to ${pointer(path.slice(0, parents.indexOf(value)))}`);
    }
    if (Array.isArray(value)) {
      parents.push(value);
      const items = value.map((item, index) => copyPart(item, String(index), walk));
      parents.pop();
      return Object.freeze(items);
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      return refuse(
        walk,
        `is a ${value.constructor?.name ?? 'class instance'}; a schema consists of plain JSON values`,
      );
    }
    parents.push(value);
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    for (const entry of entries) entry[1] = copyPart(entry[1], entry[0], walk);
    parents.pop();
    return Object.freeze(Object.fromEntries(entries));
  }
  const isJson = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isJson ? value : refuse(walk, `is ${String(value)}; a schema consists of plain JSON values`);
}

function copyPart(value: unknown, key: string, walk: Walk): unknown {
  walk.path.push(key);
  const part = copy(value, walk);
  walk.path.pop();
  return part;
}

function refuse({ path, problems }: Walk, message: string): void {
  problems.push({ path: [...path], message });
}

/** The value without parts that are unknown at synth: such a keyword is left out, with the list around it if there is one. */
export function withoutTokens(value: unknown): unknown {
  return holdsToken(value) ? stripped(value) : value;
}

function holdsToken(value: unknown): boolean {
  if (isToken(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) ? value : Object.values(value)).some(holdsToken);
}

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(stripped);
    return items.includes(undefined) ? undefined : items;
  }
  if (isToken(value)) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, stripped(item)])
      .filter(([, item]) => item !== undefined),
  );
}
