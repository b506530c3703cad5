import { Expression } from '../../template/model/expression';
import { type DeployedPart, type RestApi } from '../../template/model/model';
import { resourceKey } from './common';

/** Names of what is deployed and not as it was: changed, added or removed. */
export function deployedChanges(before: RestApi, after: RestApi): string[] {
  const old = byPlace(before.deployedParts);
  const changed = after.deployedParts.filter((part) => {
    const was = old.get(keyOf(part));
    return !was || !isSame(was.content, part.content);
  });
  const now = byPlace(after.deployedParts);
  const removed = before.deployedParts.filter((part) => !now.has(keyOf(part)));
  return [...new Set([...changed, ...removed].map(({ name }) => name))];
}

const keyOf = ({ location, name }: DeployedPart): string =>
  `${resourceKey(location)} ${location.path.length > 1 ? `${location.path.join('.')} ${name}` : ''}`;

const byPlace = (parts: readonly DeployedPart[]): Map<string, DeployedPart> =>
  new Map(parts.map((part) => [keyOf(part), part]));

/** Unknown values may be the same. */
const mayBeAnything = (value: unknown): boolean => value instanceof Expression && value.isUnknown;

function isSame(a: unknown, b: unknown): boolean {
  if (mayBeAnything(a) || mayBeAnything(b)) {
    return true;
  }
  if (a instanceof Expression || b instanceof Expression) {
    return a instanceof Expression && b instanceof Expression && a.key === b.key;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    // A template in YAML may have a number where the one in JSON has a text.
    return a === b || (isScalar(a) && isScalar(b) && String(a) === String(b));
  }
  const [left, right] = [a, b] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Array.isArray(a) === Array.isArray(b) && [...keys].every((key) => isSame(left[key], right[key]));
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
