import { DEFAULT_STAGE, STAGE_NAME } from '../../../facts/names';
import { type Rule } from '../../rule';
import { apiReference, inside } from '../../queries/common';
import { allStagesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP14',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A stage name is valid',
  why: 'The name is part of the URL: API Gateway rejects other characters and names of more than 128 characters, and the deployment rolls back.',
  fix: {
    library: 'Use letters, digits, "-" and "_" in the key of `stages`.',
    l2: 'Use letters, digits, "-" and "_" in `stageName`; `$default` is for HTTP APIs only.',
    cloudFormation: 'Use letters, digits, "-" and "_" in `StageName` of the stage; `$default` is for HTTP APIs only.',
  },
  link: apiReference('CreateStage'),
  *check(model) {
    for (const { stage, api } of allStagesOf(model)) {
      const mayBeDefault = 'routeSettings' in stage && api?.kind !== 'websocket';
      const { stageName } = stage;
      if (
        typeof stageName === 'string' &&
        !STAGE_NAME.test(stageName) &&
        !(mayBeDefault && stageName === DEFAULT_STAGE)
      ) {
        yield {
          location: inside(stage.location, 'StageName'),
          message: `stage name "${stageName}" is not 1 to 128 letters, digits, "-" or "_"`,
        };
      }
    }
  },
};
