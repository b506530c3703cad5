import { type Rule } from '../../rule';
import { guide, stageLabel, stagesOf } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP12',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A canary receives 0 to 100 percent of the traffic',
  why: 'API Gateway rejects any other percentage, and the deployment rolls back.',
  fix: {
    library: 'Set the percentage of the canary to a value from 0 to 100.',
    l2: 'Set `canarySetting.percentTraffic` on the `CfnStage` to a value from 0 to 100.',
    cloudFormation: 'Set `CanarySetting.PercentTraffic` on the stage to a value from 0 to 100.',
  },
  link: guide('canary-release'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const percent = stage.canary?.percentTraffic;
      if (stage.canary && typeof percent === 'number' && (percent < 0 || percent > 100)) {
        yield {
          location: stage.canary.location,
          message: `the canary of ${stageLabel(stage)} receives ${percent} percent of the traffic; 0 to 100 is allowed`,
        };
      }
    }
  },
};
