import { type Rule } from '../../rule';
import { guide, settingLabel, settingsOf, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-CACHE2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A stage that caches has a cache',
  why: 'Method caching has no effect unless the stage has a cache cluster: every call reaches the back end.',
  fix: {
    library: 'Set `cache: { size: CacheSize.GB_0_5 }` on the stage, or remove `cache` from the routes.',
    l2: 'Set `cacheClusterEnabled: true` and `cacheClusterSize: "0.5"` in `deployOptions`, or remove `cachingEnabled`.',
    cloudFormation:
      'Set `CacheClusterEnabled: true` and `CacheClusterSize` on the stage, or remove `CachingEnabled` from its ' +
      '`MethodSettings`.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      const cluster = stage.cacheClusterEnabled;
      if (setting.cachingEnabled === true && (cluster === undefined || cluster === false)) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} turns caching on ${settingLabel(setting)} but has no cache cluster`,
        };
      }
    }
  },
};
