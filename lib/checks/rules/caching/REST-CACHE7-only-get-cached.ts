import { type Rule } from '../../rule';
import { guide, knownAnd, settingLabel, settingsOf, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-CACHE7',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Only GET methods are cached',
  why: 'A cached POST, PUT or DELETE does not reach the back end: the caller sees a success that did not happen.',
  fix: {
    library: 'Remove `cache` from the route.',
    l2: 'Set `cachingEnabled: false` for the method in `methodOptions` of `deployOptions`.',
    cloudFormation: 'Set `CachingEnabled: false` in the `MethodSettings` entry of the method.',
  },
  link: guide('api-gateway-caching'),
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      const named = knownAnd(setting.httpMethod, (verb) => verb !== '*' && verb !== 'GET');
      if (setting.cachingEnabled === true && named) {
        yield { location: setting.location, message: `${stageLabel(stage)} turns caching on ${settingLabel(setting)}` };
      }
    }
  },
};
