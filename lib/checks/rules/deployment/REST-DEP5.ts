import { type Rule } from '../../rule';
import { cloudFormation, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'REST-DEP5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage has a deployment',
  why: 'CloudFormation takes the stage without one, API Gateway does not: "Deployment id cannot be empty".',
  fix: 'Let the gateway make its `stages`. In CloudFormation: `DeploymentId` of the stage with the `AWS::ApiGateway::Deployment`.',
  link: cloudFormation('resource-apigateway-stage'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.deployment === undefined) {
        yield { location: stage.location, message: `${stageLabel(stage)} has no DeploymentId` };
      }
    }
  },
};
