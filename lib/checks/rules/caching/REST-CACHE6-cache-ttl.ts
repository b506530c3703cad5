import { CACHE_TTL_MAX_SECONDS } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, settingLabel, settingsOf, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-CACHE6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Responses are cached for 0 to 3600 seconds',
  why: 'API Gateway rejects any other time to live, and the deployment rolls back.',
  fix: {
    library: 'Set `cache: { ttl }` on the stage or route to an hour or less.',
    l2: 'Set `cacheTtl` in `deployOptions` or in its `methodOptions` to `Duration.hours(1)` or less.',
    cloudFormation: 'Set `CacheTtlInSeconds` in `MethodSettings` to 0 to 3600.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      const ttl = setting.cacheTtlInSeconds;
      if (typeof ttl === 'number' && (ttl < 0 || ttl > CACHE_TTL_MAX_SECONDS)) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} caches for ${ttl} s ${settingLabel(setting)}; 0 to ${CACHE_TTL_MAX_SECONDS} is allowed`,
        };
      }
    }
  },
};
