import { type ResourceRef } from '../../lib/template/model/place';
import { type TemplateSource } from '../../lib/template/reader/source';

/** Constructs of the CDK by their paths: `Shop/ListOrders` → what the resource that it makes is called here. */
export type ConstructPaths = ReadonlyMap<string, string>;

/** From the metadata of the templates, or of the assembly: the CDK CLI writes the first, each synth the second. */
export function constructPaths(
  sources: readonly TemplateSource[],
  nameOf: (ref: ResourceRef) => string,
): ConstructPaths {
  const found = new Map<string, string>();
  for (const { file, template, acknowledged } of sources) {
    for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
      const path: unknown = resource?.Metadata?.['aws:cdk:path'] ?? acknowledged?.paths.get(logicalId);
      if (typeof path === 'string')
        found.set(path.replace(/^\//, '').replace(/\/Resource$/, ''), nameOf({ template: file, logicalId }));
    }
  }
  return found;
}

/** The logical id for a construct path; other names as they are. */
export const idOfPath = (paths: ConstructPaths, name: string): string =>
  paths.get(name.replace(/^\//, '').replace(/\/Resource$/, '')) ?? name;
