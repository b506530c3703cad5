import { ACCOUNT_RATE_LIMIT } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd, stageLabel } from '../../queries/common';
import { allSettingsOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-THR3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'A throttle is not above the quota of the account',
  why:
    'All APIs of an account and Region share 10,000 requests per second, unless the quota was raised. A higher ' +
    'throttle has no effect: the account is throttled first, and every other API with it.',
  fix: {
    library: 'Set `throttle` on the stage to what the back end can handle, or request a higher quota.',
    l2:
      'Set `throttlingRateLimit` in `deployOptions` (`throttle` of an `HttpStage` or `WebSocketStage`) to what the ' +
      'back end can handle, or request a higher quota.',
    cloudFormation:
      'Set `ThrottlingRateLimit` in `MethodSettings` (`DefaultRouteSettings` and `RouteSettings` of HTTP and ' +
      'WebSocket APIs) to what the back end can handle, or request a higher quota.',
  },
  link: guide('api-gateway-request-throttling'),
  *check(model) {
    for (const { stage, setting, label } of allSettingsOf(model)) {
      if (knownAnd(setting.throttlingRateLimit, (rate) => rate > ACCOUNT_RATE_LIMIT)) {
        yield {
          location: inside(setting.location, 'ThrottlingRateLimit'),
          message: `${stageLabel(stage)} allows ${String(setting.throttlingRateLimit)} requests per second ${label}; the quota of an account is ${ACCOUNT_RATE_LIMIT}`,
        };
      }
    }
  },
};
