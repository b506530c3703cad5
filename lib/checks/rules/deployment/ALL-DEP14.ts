import { STAGE_NAME } from '../../../facts/names';
import { type Rule } from '../../rule';
import { apiReference, inside, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'ALL-DEP14',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A stage name is one that API Gateway takes',
  why: 'It is part of the URL: API Gateway refuses other characters and more than 128 of them, and the deployment rolls back.',
  fix: 'Use letters, digits, "-" and "_" in the key of `stages`. In CloudFormation: `StageName` of the stage; `$default` is for HTTP APIs only.',
  link: apiReference('CreateStage'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (typeof stage.stageName === 'string' && !STAGE_NAME.test(stage.stageName)) {
        yield {
          location: inside(stage.location, 'StageName'),
          message: `stage name "${stage.stageName}" is not 1 to 128 letters, digits, "-" or "_"`,
        };
      }
    }
  },
};
