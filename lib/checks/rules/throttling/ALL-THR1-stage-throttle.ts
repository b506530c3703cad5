import { type AnyStage, type MethodSetting, type RouteSettings } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside, isStageWide, stageLabel } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

/** The settings for all routes; undefined if they are unknown. */
function wideOf(stage: AnyStage): readonly (MethodSetting | RouteSettings)[] | undefined {
  if ('routeSettings' in stage) {
    return stage.defaultRouteSettings ? [stage.defaultRouteSettings] : [];
  }
  return isKnown(stage.methodSettings) ? stage.methodSettings.filter(isStageWide) : undefined;
}

export const rule: Rule = {
  id: 'ALL-THR1',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Every stage has its own throttle',
  why:
    'Without one a single API can use the whole quota of the account and Region (10,000 requests per second), and ' +
    'every other API there returns 429 while one is flooded.',
  fix: {
    library:
      'Set `stages: { prod: { throttle: { rateLimit, burstLimit } } }` to what the back end can handle; otherwise ' +
      'the gateway applies a default throttle to every stage.',
    l2:
      'Set `throttlingRateLimit` and `throttlingBurstLimit` in `deployOptions` (`throttle: { rateLimit, burstLimit }` ' +
      'of an `HttpStage` or `WebSocketStage`).',
    cloudFormation:
      'Set `ThrottlingRateLimit` and `ThrottlingBurstLimit` in the `MethodSettings` entry for `*` and `/*` ' +
      '(`DefaultRouteSettings` of HTTP and WebSocket APIs).',
  },
  link: guide('api-gateway-request-throttling'),
  sameAs: { 'cdk-nag': ['Serverless-APIGWDefaultThrottling'], 'serverless-rules': ['ES2003'] },
  setting: 'throttle',
  profiles: { production: 'error', development: 'info' },
  *check(model) {
    for (const { stage } of allStagesOf(model)) {
      const throttled = wideOf(stage)?.some(
        (it) => it.throttlingRateLimit !== undefined && it.throttlingBurstLimit !== undefined,
      );
      if (throttled === false) {
        const isV2 = 'routeSettings' in stage;
        yield {
          location: inside(stage.location, isV2 ? 'DefaultRouteSettings' : 'MethodSettings'),
          stage,
          message: `${stageLabel(stage)} has no rate and burst limit for all ${isV2 ? 'routes' : 'methods'}`,
        };
      }
    }
  },
};
