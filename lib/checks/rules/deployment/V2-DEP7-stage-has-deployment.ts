import { type AnyApi, type V2Stage } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, stageLabel } from '../../queries/common';
import { v2StagesOf } from '../../queries/v2';

/** Whether a deployment may name the stage that it is for. */
function isDeployed({ stageName }: V2Stage, api: AnyApi | undefined): boolean {
  const names = (api?.deployments ?? []).flatMap((deployment) => deployment.stageName ?? []);
  return names.some((name) => !isKnown(name) || !isKnown(stageName) || name === stageName);
}

export const rule: Rule = {
  id: 'V2-DEP7',
  appliesTo: ['http', 'websocket'],
  severity: 'warning',
  title: 'A stage of an HTTP or WebSocket API serves a deployment',
  why: '`AutoDeploy` is false unless it is set. Without it and without a deployment, the stage exists but returns an error for every call.',
  fix: {
    library: 'Let the gateway deploy its `stages`.',
    l2: 'Set `autoDeploy: true` on the `HttpStage` or `WebSocketStage`; there is no L2 for deployments.',
    cloudFormation: 'Set `AutoDeploy: true`, or `DeploymentId`, on the `AWS::ApiGatewayV2::Stage`.',
  },
  link: cloudFormation('resource-apigatewayv2-stage'),
  *check(model) {
    for (const { stage, api } of v2StagesOf(model)) {
      const isAutomatic = stage.autoDeploy !== undefined && stage.autoDeploy !== false;
      if (!isAutomatic && stage.deployment === undefined && !isDeployed(stage, api)) {
        yield { location: stage.location, message: `${stageLabel(stage)} has neither AutoDeploy nor a DeploymentId` };
      }
    }
  },
};
