import { type ApiModel } from '../template/model/model';
import { type ResourceRef } from '../template/model/place';

/**
 * What resources are called here: by their logical ids. If several templates have the same one, as stages of one app do, the
 * name of the template comes first: `Prod-ListOrders`.
 */
export function localNames(model: ApiModel): (ref: ResourceRef) => string {
  const named = [...model.restApis, ...model.httpApis, ...model.webSocketApis, ...model.functions, ...model.apiKeys];
  const templates = new Map<string, Set<string>>();
  for (const { location } of named) {
    const { logicalId, template } = location;
    templates.set(logicalId, (templates.get(logicalId) ?? new Set()).add(template));
  }
  return ({ logicalId, template }) =>
    (templates.get(logicalId)?.size ?? 0) > 1 ? `${stemOf(template)}-${logicalId}` : logicalId;
}

/** `cdk.out/Prod.template.json` → `Prod`. */
const stemOf = (file: string): string =>
  file.slice(file.lastIndexOf('/') + 1).replace(/(\.nested)?(\.template)?\.(json|ya?ml|template)$/, '');
