import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage is created in one place',
  why: 'A deployment with a StageName creates the stage itself. The stage resource with the same name then fails with "Stage already exists", or the two overwrite each other.',
  fix: {
    library: 'Let the `stages` of the gateway create the stage.',
    l2: 'Omit `stageName` on the `Deployment`, and create the stage only with `Stage` or `deployOptions`.',
    cloudFormation: 'Remove `StageName` and `StageDescription` from the `AWS::ApiGateway::Deployment`.',
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
            message: `${location.logicalId} creates stage "${stageName}", which is also a separate resource`,
          };
        }
      }
    }
  },
};
