import { type AnyStage, type MethodSetting, type RouteSettings } from '../../../template/model/model';
import { isKnown, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

function settingsOfStage(stage: AnyStage): Value<readonly (MethodSetting | RouteSettings)[]> {
  if (!('routeSettings' in stage)) {
    return stage.methodSettings;
  }
  const { defaultRouteSettings: wide, routeSettings } = stage;
  return isKnown(routeSettings) ? [...(wide ? [wide] : []), ...routeSettings] : routeSettings;
}

export const rule: Rule = {
  id: 'ALL-OBS2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'A stage has metrics for each route',
  why: 'Without detailed metrics CloudWatch shows one number for the whole stage: a single failing route disappears in the traffic of the others. Detailed metrics are billed like custom metrics.',
  fix: {
    library: 'Set `detailedMetrics: true` on the stage.',
    l2:
      'Set `metricsEnabled: true` in `deployOptions` (`detailedMetricsEnabled: true` of an `HttpStage` or ' +
      '`WebSocketStage`).',
    cloudFormation:
      'Set `MetricsEnabled: true` in the `MethodSettings` for `/*` and `*` (`DetailedMetricsEnabled: true` in ' +
      '`DefaultRouteSettings` of HTTP and WebSocket APIs).',
  },
  link: guide('api-gateway-metrics-and-dimensions'),
  sameAs: { checkov: ['CKV2_AWS_4'], kics: ['5d3c1807'], terrascan: ['AC_AWS_0007'] },
  setting: 'metrics',
  *check(model) {
    for (const { stage } of allStagesOf(model)) {
      const settings = settingsOfStage(stage);
      if (
        isKnown(settings) &&
        settings.every(({ metricsEnabled }) => metricsEnabled === undefined || metricsEnabled === false)
      ) {
        yield {
          location: stage.location,
          stage,
          message: `${stageLabel(stage)} has no detailed metrics for its routes`,
        };
      }
    }
  },
};
