import { type Located, type ResourceRef } from '../model/place';
import { own, type Scope } from '../reader/scope';

const MAX_DEPTH = 200;

/** Where the properties of a resource are null. What a transform makes of them is unknown, and files in S3 may have null. */
export function nullsOf(ref: ResourceRef, { source, resources }: Scope): Located[] {
  if (own(source.template, 'Transform') !== undefined) return [];
  const elsewhere = source.documents?.get(ref.logicalId)?.property;
  const found: Located[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (value === null) found.push({ location: { ...ref, path } });
    else if (typeof value === 'object' && path.length < MAX_DEPTH)
      for (const [key, part] of Object.entries(value))
        if (path.length > 1 || key !== elsewhere) visit(part, [...path, key]);
  };
  visit(resources.get(ref.logicalId)?.Properties, ['Properties']);
  return found;
}
