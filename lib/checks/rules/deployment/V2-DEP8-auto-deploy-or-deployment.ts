import { type Rule } from '../../rule';
import { cloudFormation, inside, stageLabel } from '../../queries/common';
import { v2StagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'V2-DEP8',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A stage with AutoDeploy has no DeploymentId',
  why: 'API Gateway returns "Deployment ID cannot be set on this stage because AutoDeploy is enabled" at the latest when the stage is updated, and the stack rolls back.',
  fix: {
    library: 'Let the gateway deploy, which sets one of the two.',
    l2: 'Set either `autoDeploy: true` on the stage or `deploymentId` on its `CfnStage`.',
    cloudFormation: 'Set `AutoDeploy: true` or `DeploymentId` on the `AWS::ApiGatewayV2::Stage`, not both.',
  },
  link: cloudFormation('resource-apigatewayv2-stage'),
  *check(model) {
    for (const { stage } of v2StagesOf(model)) {
      if (stage.autoDeploy === true && stage.deployment !== undefined) {
        yield {
          location: inside(stage.location, 'DeploymentId'),
          message: `${stageLabel(stage)} has AutoDeploy and a DeploymentId`,
        };
      }
    }
  },
};
