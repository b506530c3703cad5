import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../queries/common';
import { allSettingsOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-THR2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A throttle is above zero',
  why: 'A rate or burst of 0 allows no requests: every call returns 429. Usually it is meant as "no limit".',
  fix: {
    library:
      'Set `throttle: { rateLimit, burstLimit }` on the stage or route to more than 0; omit the `throttle` of a ' +
      'route to inherit that of the stage.',
    l2:
      'Set `throttlingRateLimit` and `throttlingBurstLimit` in `deployOptions` and its `methodOptions` (`throttle` of ' +
      'an `HttpStage` or `WebSocketStage`) to more than 0.',
    cloudFormation:
      'Set `ThrottlingRateLimit` and `ThrottlingBurstLimit` in `MethodSettings` (`DefaultRouteSettings` and ' +
      '`RouteSettings` of HTTP and WebSocket APIs) to more than 0.',
  },
  link: guide('api-gateway-request-throttling'),
  *check(model) {
    for (const { stage, setting, label } of allSettingsOf(model)) {
      const zero = [
        ...(setting.throttlingRateLimit === 0 ? ['rate'] : []),
        ...(setting.throttlingBurstLimit === 0 ? ['burst'] : []),
      ];
      if (zero.length > 0) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} has a ${zero.join(' and ')} limit of 0 ${label}: every call returns 429`,
        };
      }
    }
  },
};
