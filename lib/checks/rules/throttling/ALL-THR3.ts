import { ACCOUNT_RATE_LIMIT } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd, stageLabel } from '../../queries/common';
import { allSettingsOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-THR3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'A throttle is not above what the account may take',
  why:
    'All APIs of an account and Region share 10,000 requests a second, unless the quota was raised. A higher throttle never acts: the account is throttled ' +
    'first, and with it every other API.',
  fix: {
    library: 'Set `throttle` of the stage to what the back end can take, or have the quota raised.',
    l2:
      'Set `throttlingRateLimit` in `deployOptions` (`throttle` of an `HttpStage` or `WebSocketStage`) to what the back ' +
      'end can take, or have the quota raised.',
    cloudFormation:
      'Set `ThrottlingRateLimit` in `MethodSettings` (`DefaultRouteSettings` and `RouteSettings` of HTTP and WebSocket ' +
      'APIs) to what the back end can take, or have the quota raised.',
  },
  link: guide('api-gateway-request-throttling'),
  *check(model) {
    for (const { stage, setting, label } of allSettingsOf(model)) {
      if (knownAnd(setting.throttlingRateLimit, (rate) => rate > ACCOUNT_RATE_LIMIT)) {
        yield {
          location: inside(setting.location, 'ThrottlingRateLimit'),
          message: `${stageLabel(stage)} allows ${String(setting.throttlingRateLimit)} requests a second ${label}; an account has ${ACCOUNT_RATE_LIMIT}`,
        };
      }
    }
  },
};
