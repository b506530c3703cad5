import { type Canary, type Stage } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, sameResource, stageLabel, stagesOf } from '../../queries/common';

function problem(stage: Stage, { deployment, overrides, useStageCache }: Canary): string | undefined {
  if (deployment === undefined && !overrides && stage.implicit !== true) {
    return 'has no separate deployment and uses the one that the stage serves: both respond alike';
  }
  const same = isKnown(deployment) && isKnown(stage.deployment) && sameResource(deployment, stage.deployment);
  if (same && !overrides && stage.implicit !== true) {
    return 'uses the deployment that the stage serves: both respond alike';
  }
  return useStageCache === true && stage.cacheClusterEnabled === true
    ? 'shares the cache of the stage: callers of either side get responses of the other'
    : undefined;
}

export const rule: Rule = {
  id: 'REST-DEP13',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A canary differs from its stage',
  why: 'A canary sends a share of the traffic to a new deployment, so a failure affects few callers. With the same deployment, or with a shared cache, a failure cannot be seen.',
  fix: {
    library: 'Point the canary at the new deployment and the stage at the old one, and give the canary its own cache.',
    l2:
      'Set `deploymentId` and `useStageCache: false` in `canarySetting` of the `CfnStage`: the new deployment in the ' +
      'canary, the old one on the stage.',
    cloudFormation:
      'Set `DeploymentId` and `UseStageCache: false` in the `CanarySetting` of the stage: the new deployment in the ' +
      'canary, the old one on the stage.',
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
