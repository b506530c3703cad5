import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'ALL-OBS2',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A stage has metrics of each route',
  why: 'Without detailed metrics CloudWatch shows one number for the whole stage: one broken route drowns in the traffic of the others. They cost what custom metrics cost.',
  fix: 'Set `detailedMetrics: true` on the stage. In CloudFormation: `MetricsEnabled: true` in the `MethodSettings` for `/*` and `*`.',
  link: guide('api-gateway-metrics-and-dimensions'),
  sameAs: { checkov: ['CKV2_AWS_4'], kics: ['5d3c1807'], terrascan: ['AC_AWS_0007'] },
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (
        isKnown(stage.methodSettings) &&
        stage.methodSettings.every(({ metricsEnabled }) => metricsEnabled === undefined || metricsEnabled === false)
      ) {
        yield { location: stage.location, message: `${stageLabel(stage)} has no metrics of its routes` };
      }
    }
  },
};
