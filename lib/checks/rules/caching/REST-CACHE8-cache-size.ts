import { CACHE_CLUSTER_SIZES } from '../../../facts/enumerations';
import { type Rule } from '../../rule';
import { apiReference, inside, stageLabel, stagesOf } from '../../queries/common';

const SIZES: readonly string[] = CACHE_CLUSTER_SIZES;

export const rule: Rule = {
  id: 'REST-CACHE8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The cache has a supported size',
  why: 'API Gateway rejects any other size, and the deployment rolls back.',
  fix: {
    library: 'Use one of `CacheSize` in `cache: { size }` of the stage.',
    l2: 'Set `cacheClusterSize` in `deployOptions` to one of these, as a string such as "0.5".',
    cloudFormation: 'Set `CacheClusterSize` on the stage to one of these, as a string such as "0.5".',
  },
  link: apiReference('CreateStage'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const size = stage.cacheClusterSize;
      if (typeof size === 'string' && !SIZES.includes(size)) {
        yield {
          location: inside(stage.location, 'CacheClusterSize'),
          message: `${stageLabel(stage)} has a cache of size "${size}"; allowed are ${SIZES.join(', ')} (GB)`,
        };
      }
    }
  },
};
