import { type Rule } from '../../rule';
import { guide, stageLabel, stagesOf } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP12',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A canary takes 0 to 100 percent',
  why: 'API Gateway refuses any other share, and the deployment rolls back.',
  fix: {
    library: 'Set the share of the canary between 0 and 100.',
    l2: 'Set `canarySetting.percentTraffic` of the `CfnStage` between 0 and 100.',
    cloudFormation: 'Set `CanarySetting.PercentTraffic` of the stage between 0 and 100.',
  },
  link: guide('canary-release'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const percent = stage.canary?.percentTraffic;
      if (stage.canary && typeof percent === 'number' && (percent < 0 || percent > 100)) {
        yield {
          location: stage.canary.location,
          message: `the canary of ${stageLabel(stage)} takes ${percent} percent`,
        };
      }
    }
  },
};
