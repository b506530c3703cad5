import { type Rule } from '../../rule';
import { cloudFormation, inside, labelIn } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP6',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage is created in one place',
  why: 'A deployment with a StageName creates the stage itself. The stage resource with the same name then fails with "Stage already exists", or the two overwrite each other. The deployment that SAM makes creates a stage "Stage" in addition to that of the template: a second public URL without its settings.',
  fix: {
    library: 'Let the `stages` of the gateway create the stage.',
    l2: 'Omit `stageName` on the `Deployment`, and create the stage only with `Stage` or `deployOptions`.',
    cloudFormation:
      'Remove `StageName` and `StageDescription` from the `AWS::ApiGateway::Deployment`. In SAM, set `OpenApiVersion` (e.g. `3.0.1`) of the API or in `Globals`.',
  },
  link: cloudFormation('resource-apigateway-deployment'),
  *check(model) {
    for (const api of model.restApis) {
      const made = api.stages.filter(({ implicit }) => implicit !== true);
      const names = new Set(made.map(({ stageName }) => stageName));
      if (api.extraStage) {
        yield {
          location: api.extraStage.location,
          message:
            'SAM also creates the stage "Stage", a second URL of the API without the settings of the first: ' +
            'OpenApiVersion (e.g. 3.0.1) prevents it',
          severity: 'warning',
        };
        continue;
      }
      for (const { stageName, location } of api.deployments) {
        if (typeof stageName === 'string' && names.has(stageName)) {
          yield {
            location: inside(location, 'StageName'),
            message: `${labelIn(model, 'deployment', location)} creates stage "${stageName}", which is also a separate resource`,
          };
        }
      }
    }
  },
};
