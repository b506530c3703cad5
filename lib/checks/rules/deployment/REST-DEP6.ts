import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage is made in one place',
  why: 'A deployment with a StageName makes the stage itself. The stage resource of the same name then fails with "Stage already exists", or the two undo each other.',
  fix: {
    library: 'Leave the stage to `stages` of the gateway.',
    l2: 'Leave `stageName` out of the `Deployment`, and make the stage with `Stage` or `deployOptions` alone.',
    cloudFormation: 'Take `StageName` and `StageDescription` off the `AWS::ApiGateway::Deployment`.',
  },
  link: cloudFormation('resource-apigateway-deployment'),
  *check(model) {
    for (const api of model.restApis) {
      const made = api.stages.filter(({ implicit }) => implicit !== true);
      const names = new Set(made.map(({ stageName }) => stageName));
      for (const { stageName, location } of api.deployments) {
        if (typeof stageName === 'string' && names.has(stageName)) {
          yield {
            location: inside(location, 'StageName'),
            message: `${location.logicalId} makes stage "${stageName}", which is a resource of its own as well`,
          };
        }
      }
    }
  },
};
