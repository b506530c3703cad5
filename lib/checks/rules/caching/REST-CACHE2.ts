import { type Rule } from '../../rule';
import { guide, settingLabel, settingsOf, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-CACHE2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A stage that caches has a cache',
  why: 'Caching of methods does nothing unless the stage has a cache cluster: every call goes to the back end.',
  fix: {
    library: 'Set `cache: { size: CacheSize.GB_0_5 }` of the stage, or take `cache` off the routes.',
    l2: 'Set `cacheClusterEnabled: true` and `cacheClusterSize: "0.5"` in `deployOptions`, or take `cachingEnabled` away.',
    cloudFormation:
      'Set `CacheClusterEnabled: true` and `CacheClusterSize` of the stage, or take `CachingEnabled` out of its ' +
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
