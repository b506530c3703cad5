import {
  type ApiModel,
  type Integration,
  type Method,
  type MethodSetting,
  type RestApi,
  type Stage,
} from '../../template/model/model';
import { isLiteral } from '../../template/model/text';
import { isKnown } from '../../template/model/value';
import { once } from './v2';

export interface CachedMethod {
  readonly api: RestApi;
  readonly method: Method;
  readonly integration: Integration;
  /** The first stage that caches it. */
  readonly stage: Stage;
}

/** Settings of one stage by path and method, and the one for all methods. */
function cachingOf(stage: Stage): (method: Method) => boolean {
  const settings = isKnown(stage.methodSettings) ? stage.methodSettings : [];
  const byPath = new Map<string, Map<string, MethodSetting>>();
  for (const setting of settings) {
    const path = String(setting.resourcePath);
    const byMethod = byPath.get(path) ?? new Map<string, MethodSetting>();
    byPath.set(path, byMethod.set(String(setting.httpMethod), setting));
  }
  const wide = byPath.get('/*')?.get('*');
  const hasOthers = byPath.size > (byPath.has('/*') ? 1 : 0);
  return (method) => {
    // Which of several settings is for a path that is not known cannot be told.
    if (!isLiteral(method.path) && hasOthers) return false;
    const byMethod = isLiteral(method.path) ? byPath.get(method.path) : undefined;
    const own = (isKnown(method.httpMethod) ? byMethod?.get(method.httpMethod) : undefined) ?? byMethod?.get('*');
    // What is set for all methods caches GET alone.
    return own?.cachingEnabled === undefined
      ? wide?.cachingEnabled === true && method.httpMethod === 'GET'
      : own.cachingEnabled === true;
  };
}

/** Methods whose responses some stage caches, without duplicates. */
export const cachedMethods = once<CachedMethod>((model: ApiModel) => {
  const cached: CachedMethod[] = [];
  for (const api of model.restApis) {
    const stages = api.stages
      .filter(({ cacheClusterEnabled }) => cacheClusterEnabled === true)
      .map((stage) => ({ stage, isCached: cachingOf(stage) }));
    for (const method of stages.length > 0 ? api.methods : []) {
      const caching = stages.find(({ isCached }) => isCached(method));
      if (caching && isKnown(method.integration)) {
        cached.push({ api, method, integration: method.integration, stage: caching.stage });
      }
    }
  }
  return cached;
});
