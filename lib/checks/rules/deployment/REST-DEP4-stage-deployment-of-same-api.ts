import { type ApiModel, type ResourceRef, type RestApi } from '../../../template/model/model';
import { isKnown, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, resourceKey, stageLabel } from '../../queries/common';

function owners(model: ApiModel): Map<string, RestApi> {
  const found = new Map<string, RestApi>();
  for (const api of model.restApis) {
    api.deployments.forEach(({ location }) => found.set(resourceKey(location), api));
  }
  return found;
}

export const rule: Rule = {
  id: 'REST-DEP4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage serves a deployment of its own API',
  why: 'A deployment is a snapshot of one API. A stage of another API cannot use it: API Gateway returns "Invalid Deployment identifier specified", and the stack rolls back.',
  fix: {
    library: 'Use the `stages` of the gateway, which creates the stage and its deployment together.',
    l2:
      'Pass a `Deployment` of the same API as `deployment` of the `Stage`, or let the `RestApi` create both with ' +
      '`deploy: true`.',
    cloudFormation:
      'Set the same `RestApiId` in the `AWS::ApiGateway::Stage` and in the `AWS::ApiGateway::Deployment` of its ' +
      '`DeploymentId`.',
  },
  link: cloudFormation('resource-apigateway-stage'),
  sameAs: { 'cfn-lint': ['E3698'] },
  *check(model) {
    const byDeployment = model.restApis.length > 1 ? owners(model) : new Map<string, RestApi>();
    const ownerOf = (deployment: Value<ResourceRef> | undefined): RestApi | undefined =>
      isKnown(deployment) ? byDeployment.get(resourceKey(deployment)) : undefined;
    for (const api of byDeployment.size > 0 ? model.restApis : []) {
      for (const stage of api.stages) {
        const owner = [ownerOf(stage.deployment), ownerOf(stage.canary?.deployment)].find((one) => one && one !== api);
        if (owner) {
          yield {
            location: stage.location,
            message: `${stageLabel(stage)} of ${api.location.logicalId} uses a deployment of ${owner.location.logicalId}`,
          };
        }
      }
    }
  },
};
