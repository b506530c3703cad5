import { type Rule } from '../../rule';
import { guide, inside, knownAnd, stageLabel } from '../../queries/common';
import { allSettingsOf } from '../../queries/v2';

/** Part of a second's requests that must be able to come at once. */
const SHARE = 0.1;

export const rule: Rule = {
  id: 'ALL-THR4',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'A burst limit matches the rate limit',
  why:
    'The burst limit is the number of requests that are accepted at once. Requests do not arrive evenly: with a ' +
    'burst limit far below the rate, callers get 429 long before the rate is reached. AWS documents no relation ' +
    'between the two; this one is derived.',
  fix: {
    library: 'Set `burstLimit` on the `throttle` to about as much as its rate.',
    l2:
      'Set `throttlingBurstLimit` in `deployOptions` (`burstLimit` of `throttle` of an `HttpStage` or `WebSocketStage`) ' +
      'to about as much as the rate.',
    cloudFormation:
      'Set `ThrottlingBurstLimit` in `MethodSettings` (`DefaultRouteSettings` and `RouteSettings` of HTTP and WebSocket ' +
      'APIs) to about as much as the rate.',
  },
  link: guide('api-gateway-request-throttling'),
  *check(model) {
    for (const { stage, setting, label } of allSettingsOf(model)) {
      const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = setting;
      if (knownAnd(burst, (most) => most > 0 && knownAnd(rate, (each) => most < each * SHARE))) {
        yield {
          location: inside(setting.location, 'ThrottlingBurstLimit'),
          message: `${stageLabel(stage)} allows ${String(rate)} requests per second, but only ${String(burst)} at once, ${label}`,
        };
      }
    }
  },
};
