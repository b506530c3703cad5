import { type Located, type ResourceRef } from '../model/place';
import { own, type Scope } from '../reader/scope';

const MAX_DEPTH = 200;

/** Where the properties of a resource are null. Transforms may remove them, and files in S3 may have null. */
export function nullsOf(ref: ResourceRef, { source, resources }: Scope): Located[] {
  if (own(source.template, 'Transform') !== undefined) return [];
  const { Properties } = resources.get(ref.logicalId) ?? {};
  // Nearly all have none, and documents are large.
  if (!hasNull(Properties)) return [];
  const elsewhere = source.documents?.get(ref.logicalId)?.property;
  return placesIn(Properties, ['Properties'])
    .filter(([, property]) => property !== elsewhere)
    .map((path) => ({ location: { ...ref, path } }));
}

function hasNull(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  if (depth > MAX_DEPTH) return false;
  for (const key in value) if (hasNull((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return true;
  return false;
}

function placesIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || path.length > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
}
