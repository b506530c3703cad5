import { ACCOUNT_RATE_LIMIT } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd, settingLabel, settingsOf, stageLabel } from '../../support';

export const rule: Rule = {
  id: 'ALL-THR3',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A throttle is not above what the account may take',
  why:
    'All APIs of an account and Region share 10,000 requests a second, unless the quota was raised. A higher throttle never acts: the account is throttled ' +
    'first, and with it every other API.',
  fix: 'Set `throttle` of the stage to what the back end can take, or have the quota raised. In CloudFormation: `ThrottlingRateLimit` of the `MethodSettings`.',
  link: guide('api-gateway-request-throttling'),
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      if (knownAnd(setting.throttlingRateLimit, (rate) => rate > ACCOUNT_RATE_LIMIT)) {
        yield {
          location: inside(setting.location, 'ThrottlingRateLimit'),
          message: `${stageLabel(stage)} allows ${String(setting.throttlingRateLimit)} requests a second ${settingLabel(setting)}; an account has ${ACCOUNT_RATE_LIMIT}`,
        };
      }
    }
  },
};
