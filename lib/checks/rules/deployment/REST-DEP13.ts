import { type Canary, type Stage } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, sameResource, stageLabel, stagesOf } from '../../queries/common';

function problem(stage: Stage, { deployment, overrides, useStageCache }: Canary): string | undefined {
  if (deployment === undefined && !overrides && stage.implicit !== true) {
    return 'names no deployment, and is one of that which the stage serves: both answer alike';
  }
  const same = isKnown(deployment) && isKnown(stage.deployment) && sameResource(deployment, stage.deployment);
  if (same && !overrides && stage.implicit !== true) {
    return 'is a canary of the deployment that the stage serves: both answer alike';
  }
  return useStageCache === true && stage.cacheClusterEnabled === true
    ? 'shares the cache of the stage: callers of either are given answers of the other'
    : undefined;
}

export const rule: Rule = {
  id: 'REST-DEP13',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A canary is something else than its stage',
  why: 'A canary sends a share of the traffic to a new deployment, to see it fail on few. With the same deployment, or a shared cache, there is nothing to see.',
  fix: {
    library:
      'Point the canary at the new deployment and the stage at the old one, and give the canary a cache of its own.',
    l2:
      'Set `deploymentId` and `useStageCache: false` in `canarySetting` of the `CfnStage`: the new deployment there, ' +
      'the old one on the stage.',
    cloudFormation:
      'Set `DeploymentId` and `UseStageCache: false` in the `CanarySetting` of the stage: the new deployment there, the ' +
      'old one on the stage.',
  },
  link: guide('canary-release'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const what = stage.canary && problem(stage, stage.canary);
      if (stage.canary && what !== undefined) {
        yield { location: stage.canary.location, message: `the canary of ${stageLabel(stage)} ${what}` };
      }
    }
  },
};
