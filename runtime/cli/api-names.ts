import { resourceKey } from '../../lib/template/model/place';
import { type AnyApi, type ApiModel, type Located } from '../../lib/template/model/model';
import { isKnown } from '../../lib/template/model/value';

/** What people call an API: its name where the template tells it, else its logical id; how it is named, if it is elsewhere. */
export function nameOf(api: AnyApi): string {
  if (api.reference) return `API by ${api.reference.label}`;
  return isKnown(api.name) ? api.name : api.location.logicalId;
}

/** `template#logicalId` of each resource that is part of an API, and of no other → the name of the API. */
export function apiNames(model: ApiModel): Map<string, string> {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const api of [...model.restApis, ...model.httpApis, ...model.webSocketApis])
    for (const { location } of partsOf(api)) {
      // A route of SAM is written in a function, which may have routes of other APIs too.
      const key = resourceKey(model.written(location));
      if (names.has(key) && names.get(key) !== nameOf(api)) shared.add(key);
      names.set(key, nameOf(api));
    }
  shared.forEach((key) => names.delete(key));
  return names;
}

function partsOf(api: AnyApi): Located[] {
  const both = [api, ...api.authorizers, ...api.models, ...api.deployments, ...api.stages];
  return api.kind === 'rest'
    ? [...both, ...api.methods, ...api.validators, ...api.gatewayResponses]
    : [...both, ...api.routes, ...api.integrations];
}
