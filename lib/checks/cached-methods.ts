import { type ApiModel, type Integration, type Method, type MethodSetting, type Stage } from '../template/model';
import { isKnown } from '../template/value';
import { routeOf } from './support';

export interface CachedMethod {
  readonly method: Method;
  readonly integration: Integration;
  /** The first stage that caches it. */
  readonly stage: Stage;
}

/** Settings of one stage by `METHOD /path`, and the one for all methods. */
function cachingOf(stage: Stage): (method: Method) => boolean {
  const settings = isKnown(stage.methodSettings) ? stage.methodSettings : [];
  const byRoute = new Map<string, MethodSetting>();
  for (const setting of settings) {
    byRoute.set(`${String(setting.httpMethod)} ${String(setting.resourcePath)}`, setting);
  }
  const wide = byRoute.get('* /*');
  return (method) => {
    const own = byRoute.get(routeOf(method)) ?? byRoute.get(`* ${method.path}`);
    // What is set for all methods caches GET alone.
    return own?.cachingEnabled === undefined
      ? wide?.cachingEnabled === true && method.httpMethod === 'GET'
      : own.cachingEnabled === true;
  };
}

/** Methods whose responses some stage keeps in its cache, each once. */
export function* cachedMethods(model: ApiModel): Iterable<CachedMethod> {
  for (const api of model.restApis) {
    const stages = api.stages
      .filter(({ cacheClusterEnabled }) => cacheClusterEnabled === true)
      .map((stage) => ({ stage, isCached: cachingOf(stage) }));
    for (const method of stages.length > 0 ? api.methods : []) {
      const caching = stages.find(({ isCached }) => isCached(method));
      if (caching && isKnown(method.integration)) {
        yield { method, integration: method.integration, stage: caching.stage };
      }
    }
  }
}
