import { type Rule } from '../../rule';
import { cloudFormation, stageLabel, stagesOf } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage has a deployment',
  why: 'CloudFormation accepts a stage without one, but API Gateway does not: "Deployment id cannot be empty".',
  fix: {
    library: 'Let the gateway create its `stages`.',
    l2: 'Let the `RestApi` create its stage with `deploy: true`, or pass a `deployment` to the `Stage`.',
    cloudFormation: 'Set `DeploymentId` on the stage to an `AWS::ApiGateway::Deployment`.',
  },
  link: cloudFormation('resource-apigateway-stage'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.deployment === undefined) {
        yield { location: stage.location, message: `${stageLabel(stage)} has no DeploymentId` };
      }
    }
  },
};
