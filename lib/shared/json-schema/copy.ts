import { Token } from 'aws-cdk-lib';
import { pointer } from './subschemas';

/** One thing that is wrong, and where. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** A frozen copy, so that what the user changes later has no effect; tokens stay what they are. */
export function frozenCopy(value: unknown, problems: Problem[]): unknown {
  return copy(value, [], [], problems);
}

function copy(value: unknown, path: readonly string[], parents: readonly unknown[], problems: Problem[]): unknown {
  const refuse = (message: string) => problems.push({ path, message });
  if (typeof value === 'object' && value !== null) {
    // A token keeps state of its own: it must not be frozen.
    if (!Array.isArray(value) && Token.isUnresolved(value)) return value;
    if (parents.includes(value)) return refuse(`is a circle back to ${pointer(path.slice(0, parents.indexOf(value)))}`);
    const within = [...parents, value];
    if (Array.isArray(value)) {
      return Object.freeze(value.map((item, index) => copy(item, [...path, String(index)], within, problems)));
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      return refuse(`is a ${value.constructor?.name ?? 'class instance'}; a schema is made of plain JSON values`);
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.freeze(
      Object.fromEntries(entries.map(([key, item]) => [key, copy(item, [...path, key], within, problems)])),
    );
  }
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isJson ? value : refuse(`is ${String(value)}; a schema is made of plain JSON values`);
}

/** The value without what is not known at synth: such a keyword is left out, with the list around it if there is one. */
export function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutTokens);
    return items.includes(undefined) ? undefined : items;
  }
  if (Token.isUnresolved(value)) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, withoutTokens(item)])
      .filter(([, item]) => item !== undefined),
  );
}
