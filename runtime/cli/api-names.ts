import { type ApiModel, type Located, type RestApi } from '../../lib/template/model';
import { isKnown } from '../../lib/template/value';

/** What people call an API: its name where the template tells it, else its logical id. */
export function nameOf(api: RestApi): string {
  return isKnown(api.name) ? api.name : api.location.logicalId;
}

/** `template#logicalId` of each resource that is part of an API → the name of the API. */
export function apiNames(model: ApiModel): Map<string, string> {
  const names = new Map<string, string>();
  for (const api of model.restApis) {
    const parts: Located[] = [
      api,
      ...api.methods,
      ...api.authorizers,
      ...api.models,
      ...api.validators,
      ...api.gatewayResponses,
      ...api.deployments,
      ...api.stages,
    ];
    for (const { location } of parts) names.set(`${location.template}#${location.logicalId}`, nameOf(api));
  }
  return names;
}
