import { type Rule } from '../../rule';
import { cloudFormation, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'REST-DEP18',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A canary is moved by a release, and not by the template of its stage',
  why:
    'A `CanarySetting` that is taken out of the template stays live (reported in aws/aws-cdk#33901), a promotion leaves the template behind, and a deployment ' +
    'that names the stage fails while the canary is there.',
  fix: {
    library:
      'Give the stage `canary: StageCanary.of({ percent: 10 })`, which reads what is live before it moves anything, or shift versions of the functions with `LambdaCanary`.',
    l2: 'Leave `canarySetting` of the `CfnStage` out; have CodeDeploy shift versions of the functions behind an `Alias`.',
    cloudFormation:
      'Leave `CanarySetting` out, and create, promote and take away the canary by calls to the API, one patch of the stage each.',
  },
  link: cloudFormation('properties-apigateway-stage-canarysetting'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.canary) {
        yield {
          location: stage.canary.location,
          message: `the canary of ${stageLabel(stage)} is written into the template: taking it out leaves it live`,
        };
      }
    }
  },
};
