import { STAGE_VARIABLE_NAME, STAGE_VARIABLE_VALUE } from '../../../facts/names';
import { STAGE_VARIABLES_PER_STAGE } from '../../../facts/quotas';
import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, inside, stageLabel } from '../../queries/common';
import { allStagesOf, variablesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP15',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Stage variables are valid',
  why: 'API Gateway rejects other characters, longer names and values, and more than 100 variables, and the deployment rolls back.',
  fix: {
    library:
      'In `stages.<name>.variables` use names of letters, digits and "_" (64 at most) and values of letters, digits and ' +
      '-._~:/?#&=, (1 to 512).',
    l2:
      'Use names of letters, digits and "_" (64 at most) and values of letters, digits and -._~:/?#&=, (1 to 512) in ' +
      '`variables` of `deployOptions` (`stageVariables` of an HTTP or WebSocket stage).',
    cloudFormation:
      'Use names of letters, digits and "_" (64 at most) and values of letters, digits and -._~:/?#&=, (1 to 512) in ' +
      '`Variables` of the stage (`StageVariables` of an HTTP or WebSocket API).',
  },
  link: apiReference('CreateStage'),
  *check(model) {
    for (const { stage } of allStagesOf(model)) {
      const variables = Object.entries(knownOr(stage.variables, {}));
      if (variables.length > STAGE_VARIABLES_PER_STAGE) {
        yield {
          location: variablesOf(stage),
          message: `${stageLabel(stage)} has ${variables.length} variables; ${STAGE_VARIABLES_PER_STAGE} are allowed`,
        };
      }
      for (const [name, value] of variables) {
        const wrongName = !STAGE_VARIABLE_NAME.test(name);
        if (wrongName || (typeof value === 'string' && !STAGE_VARIABLE_VALUE.test(value))) {
          yield {
            location: inside(variablesOf(stage), name),
            message: `variable "${name}" of ${stageLabel(stage)} has a ${wrongName ? 'name' : 'value'} that API Gateway rejects`,
          };
        }
      }
    }
  },
};
