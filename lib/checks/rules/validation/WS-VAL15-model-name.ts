import { MODEL_NAME } from '../../../facts/names';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'WS-VAL15',
  appliesTo: ['websocket'],
  severity: 'error',
  title: 'The name of a model is alphanumeric',
  why: 'API Gateway rejects a model with another name, and the stack rolls back.',
  fix: {
    library: 'Write `modelName` of the `JsonSchema` with letters and digits only.',
    cloudFormation: 'Write `Name` of the `AWS::ApiGatewayV2::Model` with letters and digits only.',
  },
  link: cloudFormation('resource-apigatewayv2-model'),
  *check(model) {
    for (const { models } of model.webSocketApis) {
      for (const { name, location } of models) {
        if (isKnown(name) && !MODEL_NAME.test(name)) {
          yield {
            location: inside(location, 'Name'),
            message: `the model is named "${name}"; allowed are letters and digits`,
          };
        }
      }
    }
  },
};
