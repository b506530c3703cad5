import { type Rule } from '../../rule';
import { cloudFormation, inside, stageLabel } from '../../queries/common';
import { v2StagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'V2-DEP8',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A stage that deploys itself names no deployment',
  why: 'API Gateway answers "Deployment ID cannot be set on this stage because AutoDeploy is enabled", at the latest when the stage is updated, and the stack rolls back.',
  fix: {
    library: 'Leave deploying to the gateway, which sets one of the two.',
    l2: 'Set `autoDeploy: true` of the stage without `deploymentId` of its `CfnStage`, or that without `autoDeploy`.',
    cloudFormation: 'Set `AutoDeploy: true` or `DeploymentId` of the `AWS::ApiGatewayV2::Stage`, not both.',
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
