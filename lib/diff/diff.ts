import { withoutDefaults } from '../template/reader/parameter-values';
import { inPlaceOf } from '../template/reader/previous';
import { readModel } from '../template/reader/read';
import { type TemplateSource } from '../template/reader/source';
import { type Change } from './change';
import { compareSurfaces } from './compare';
import { surfaceOf } from './surface';

/** Two sets of templates, by the names of the second. */
export interface Compared {
  readonly changes: readonly Change[];
  /** The first set under the names that places in it have. */
  readonly before: readonly TemplateSource[];
}

/**
 * How the second set of templates differs from the first, as callers of the APIs see it.
 * @param roots folders that names of the second set may start with
 */
export function diffTemplates(
  before: readonly TemplateSource[],
  after: readonly TemplateSource[],
  roots: readonly string[] = [],
): Compared {
  const renamed = inPlaceOf(after, before, roots);
  const [was, is] = [renamed, after].map((sources) => {
    // What a parameter will be is not known, whatever its default.
    const model = readModel(sources.map(withoutDefaults));
    return { model, surface: surfaceOf(sources, model) };
  });
  const changes = compareSurfaces(was.surface, is.surface).map((change): Change => {
    const { model } = change.side === 'after' ? is : was;
    return { ...change, location: model.written(change.location) };
  });
  return { changes, before: renamed };
}
