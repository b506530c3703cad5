import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../support';
import { allSettingsOf } from '../../v2-support';

export const rule: Rule = {
  id: 'ALL-THR2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'No throttle of zero',
  why: 'A rate or burst of 0 lets no request through: every call answers 429. It is most often meant as "no limit".',
  fix:
    'Set `throttle: { rateLimit, burstLimit }` of the stage or route to more than 0; leave `throttle` of a route out to inherit the stage. In CloudFormation: ' +
    '`ThrottlingRateLimit` and `ThrottlingBurstLimit` in `MethodSettings` ' +
    '(`DefaultRouteSettings` and `RouteSettings` of HTTP and WebSocket APIs).',
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
          message: `${stageLabel(stage)} has a ${zero.join(' and ')} limit of 0 ${label}: every call answers 429`,
        };
      }
    }
  },
};
